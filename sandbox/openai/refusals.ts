/** Refuses what a model's family does not take, with the provider's own words and codes. */
import { isObject } from '../wire/messages.ts';
import type { Family } from './families.ts';

export interface Refusal {
  status: 400;
  body: { error: { message: string; type: string; param: string | null; code: string | null } };
}

/** @returns null when the family takes the whole request */
export function refusalOf(body: Record<string, unknown>, family: Family): Refusal | null {
  return (
    refusedMost(body, family) ??
    refusedEffort(body, family) ??
    refusedTemperature(body, family) ??
    refusedCache(body, family) ??
    refusedTier(body, family)
  );
}

function refusedMost(body: Record<string, unknown>, family: Family): Refusal | null {
  const { max_tokens: old, max_completion_tokens: now } = body;
  if (isGiven(old) && family.reasons) {
    const instead = "Use 'max_completion_tokens' instead.";
    return unsupportedParameter('max_tokens', instead);
  }
  if (isGiven(old) && isGiven(now)) {
    return refusal(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      'max_tokens',
      'invalid_parameter_combination',
    );
  }
  const param = isGiven(old) ? 'max_tokens' : 'max_completion_tokens';
  const most = old ?? now;
  if (!isGiven(most)) return null;
  if (typeof most !== 'number' || !Number.isInteger(most) || most < 1) {
    return refusal(`Invalid '${param}': expected a value >= 1.`, param, 'integer_below_min_value');
  }
  if (most <= family.mostTokens) return null;
  return refusal(
    `${param} is too large: ${most}. This model supports at most ${family.mostTokens} completion tokens.`,
    param,
    'invalid_value',
  );
}

function refusedEffort(body: Record<string, unknown>, family: Family): Refusal | null {
  const { reasoning_effort: effort } = body;
  if (!isGiven(effort)) return null;
  if (family.efforts.length === 0) return unsupportedParameter('reasoning_effort');
  if (family.efforts.includes(String(effort))) return null;
  const supported = family.efforts.map((each) => `'${each}'`).join(', ');
  return unsupportedValue('reasoning_effort', effort, `Supported values are: ${supported}.`);
}

function refusedTemperature(body: Record<string, unknown>, family: Family): Refusal | null {
  const { temperature, reasoning_effort: effort = family.effort } = body;
  if (!isGiven(temperature)) return null;
  if (typeof temperature !== 'number' || temperature < 0 || temperature > 2) {
    return refusal("Invalid 'temperature': expected 0 to 2.", 'temperature', 'invalid_value');
  }
  if (family.temperature === 'never') return unsupportedParameter('temperature');
  if (family.temperature === 'free' || effort === 'none' || temperature === 1) return null;
  return unsupportedValue('temperature', temperature, 'Only the default (1) value is supported.');
}

/** A request may write up to four marks, one of them the provider's own. */
const MOST_MARKS = 4;

function refusedCache(body: Record<string, unknown>, family: Family): Refusal | null {
  const options = body.prompt_cache_options;
  const messages = Array.isArray(body.messages) ? body.messages.filter(isObject) : [];
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const marks = parts.filter((part) => isObject(part) && isGiven(part.prompt_cache_breakpoint));
  if (!family.marks) {
    if (isGiven(options)) return unsupportedParameter('prompt_cache_options');
    return marks.length > 0 ? unsupportedParameter('prompt_cache_breakpoint') : null;
  }
  if (isGiven(options) && isGiven(body.prompt_cache_retention)) {
    return refusal(
      "'prompt_cache_retention' cannot be used together with 'prompt_cache_options'.",
      'prompt_cache_retention',
      'invalid_parameter_combination',
    );
  }
  const own = isObject(options) && options.mode === 'explicit' ? 0 : 1;
  if (marks.length + own <= MOST_MARKS) return null;
  return refusal(`At most ${MOST_MARKS} cache breakpoints.`, 'messages', 'invalid_value');
}

function refusedTier(body: Record<string, unknown>, family: Family): Refusal | null {
  if (body.service_tier !== 'flex' || family.flex) return null;
  return refusal('Flex is not available for this model.', 'service_tier', 'invalid_value');
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function unsupportedParameter(param: string, then = ''): Refusal {
  const message = `Unsupported parameter: '${param}' is not supported with this model. ${then}`;
  return refusal(message.trim(), param, 'unsupported_parameter');
}

function unsupportedValue(param: string, value: unknown, then: string): Refusal {
  const message = `Unsupported value: '${param}' does not support ${JSON.stringify(value)} with this model. ${then}`;
  return refusal(message, param, 'unsupported_value');
}

function refusal(message: string, param: string, code: string): Refusal {
  return { status: 400, body: { error: { message, type: 'invalid_request_error', param, code } } };
}
