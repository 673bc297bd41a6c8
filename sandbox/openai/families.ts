/**
 * What each family of models takes and refuses, for the stand-in alone: the product has a table of its own, and
 * neither knows the other. Sources, read in November 2026:
 * - the provider's pages of its models (efforts, context, most output), of reasoning, of prompt caching (marks
 *   from the 5.6 family on) and of deprecations (last days);
 * - answers of the live API that others have published: `max_tokens` and a temperature refused by 5.4, 5.6 and 6;
 *   a temperature taken by 5.6-luna at effort none; efforts of 6-astra listed by its own refusal.
 */
export interface Family {
  /** it takes `max_completion_tokens` only, and may think first */
  reasons: boolean;
  /** in a chat completion; empty: it takes none */
  efforts: readonly string[];
  /** without one in the request */
  effort: string;
  /** `free`, only at effort none, or never */
  temperature: 'free' | 'at none' | 'never';
  /** it caches up to marks, and bills what it writes */
  marks: boolean;
  flex: boolean;
  mostTokens: number;
  /** YYYY-MM-DD */
  shutdown: string | null;
}

const OLD: Family = {
  reasons: false,
  efforts: [],
  effort: 'none',
  temperature: 'free',
  marks: false,
  flex: false,
  mostTokens: 16_384,
  shutdown: '2027-01-14',
};
const FIVE: Family = {
  reasons: true,
  efforts: ['none', 'low', 'medium', 'high', 'xhigh'],
  effort: 'none',
  temperature: 'at none',
  marks: false,
  flex: true,
  mostTokens: 128_000,
  shutdown: null,
};
const SIX: Family = { ...FIVE, effort: 'medium', marks: true };
const THINKER: Family = {
  ...SIX,
  efforts: ['low', 'medium', 'high', 'xhigh'],
  temperature: 'never',
};

export const FAMILIES: Readonly<Record<string, Family>> = {
  'gpt-4o': OLD,
  'gpt-4o-mini': OLD,
  'gpt-4.1': { ...OLD, mostTokens: 32_768 },
  'gpt-4.1-mini': { ...OLD, mostTokens: 32_768 },
  'gpt-5.4': FIVE,
  'gpt-5.4-mini': FIVE,
  'gpt-5.4-nano': { ...FIVE, shutdown: '2027-04-01' },
  'gpt-5.5': { ...FIVE, effort: 'medium' },
  'gpt-5.6-luna': SIX,
  'gpt-5.6-terra': SIX,
  'gpt-5.6-sol': SIX,
  'gpt-6-luna': SIX,
  'gpt-6-sol': SIX,
  'gpt-6-astra': THINKER,
  'gpt-6.1-terra': SIX,
  'gpt-6.1-sol': THINKER,
};

/** @param model a family, or a snapshot of one. @throws Error when there is none */
export function familyNamed(model: string): Family {
  const family = findFamily(model);
  if (family === null) throw new Error(`the stand-in has no ${model}`);
  return family;
}

export function findFamily(model: string): Family | null {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(FAMILIES, name) ? (FAMILIES[name] ?? null) : null;
}
