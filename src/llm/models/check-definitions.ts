/** Refuses definitions whose settings their model's family does not take. Asked at start, before anything is sold. */
import { AlmanacError } from '../../domain/errors.ts';
import type { ModelSettings, ProductDefinition } from '../../domain/product.ts';
import type { Profile } from './profile.ts';
import { type Likes, profileOf } from './profile-of.ts';
import { PROFILES } from './table.ts';

/** The settings that a definition may ask with: its own, and those of the models that may finish its reports. */
export type Asking = Pick<ProductDefinition, 'id' | 'version' | 'model'> & {
  successors?: readonly ModelSettings[];
};

/**
 * @param override a model to be asked in place of all: with settings that its family takes
 * @throws AlmanacError `config` with one line for each flaw: the definition, the field and the fix
 */
export function checkDefinitions(
  definitions: readonly Asking[],
  likes: Likes = {},
  override: string | null = null,
): void {
  const flaws = [
    ...(override !== null && profileOf(override, likes) === null
      ? [`OPENAI_MODEL: ${unknown(override)}`]
      : []),
    ...Object.entries(likes).flatMap(([name, like]) => flawsOfLike(name, like)),
    ...definitions.flatMap(({ id, version, model, successors = [] }) => {
      const file = `src/products/${id}/v${version}/definition.ts`;
      return [
        ...flawsOf(model, likes).map((flaw) => `${file}: model.${flaw}`),
        ...successors.flatMap((each, index) =>
          flawsOf(each, likes).map((flaw) => `${file}: successors[${index}].${flaw}`),
        ),
      ];
    }),
  ];
  if (flaws.length > 0) {
    throw new AlmanacError('config', `Models to correct:\n  ${flaws.join('\n  ')}`);
  }
}

function flawsOfLike(name: string, like: string): string[] {
  if (PROFILES.some(({ family }) => family === like)) return [];
  const families = PROFILES.map(({ family }) => family).join(', ');
  return [`MODEL_PROFILES: ${name} is like ${like}, which has no row; choose one of ${families}`];
}

/** @returns `field: what is wrong; how to correct it` */
export function flawsOf(model: ModelSettings, likes: Likes = {}): string[] {
  const profile = profileOf(model.name, likes);
  if (profile === null) {
    return [`name: ${unknown(model.name)}`];
  }
  const flaws = [
    flawOfMost(model, profile),
    flawOfEffort(model, profile),
    flawOfTemperature(model, profile),
    profile.tiers.includes(model.serviceTier)
      ? null
      : `serviceTier: ${profile.family} has no tier ${model.serviceTier}; write ${quoted(profile.tiers)}`,
    profile.structuredOutput
      ? null
      : `name: ${profile.family} takes no schema for its answers, and every product needs one; choose another model`,
  ];
  return flaws.filter((flaw) => flaw !== null);
}

function unknown(name: string): string {
  const row = `add a row { family: '${name}', ... } to src/llm/models/table.ts`;
  const like = `MODEL_PROFILES={"${name}":"gpt-4o"}`;
  return `nobody has described ${name}; ${row}, or name the family whose parameters it takes: ${like}`;
}

function flawOfMost({ maxTokens }: ModelSettings, profile: Profile): string | null {
  const whole = Number.isSafeInteger(maxTokens) && maxTokens > 0;
  if (whole && maxTokens <= profile.outputTokens) return null;
  return `maxTokens: ${profile.family} writes at most ${profile.outputTokens} tokens; write a whole number from 1 to that, not ${maxTokens}`;
}

function flawOfEffort({ effort }: ModelSettings, { family, efforts }: Profile): string | null {
  if (effort === undefined || efforts.includes(effort)) return null;
  const fix = efforts.length === 0 ? 'leave it out' : `write one of ${quoted(efforts)}`;
  return `effort: ${family} does not take ${effort}; ${fix}`;
}

function flawOfTemperature(model: ModelSettings, profile: Profile): string | null {
  const { temperature, effort } = model;
  if (temperature === undefined) return null;
  const { family } = profile;
  if (!(temperature >= 0 && temperature <= 2)) {
    return `temperature: write a number from 0 to 2, not ${temperature}`;
  }
  if (profile.temperature === 'none') return `temperature: ${family} takes none; leave it out`;
  if (profile.temperature === 'at effort none' && effort !== 'none') {
    return `temperature: ${family} takes one only with effort: 'none'; leave it out, or write that effort`;
  }
  return null;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
