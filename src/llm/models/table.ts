/**
 * The families of models that we know: one row each. What a row says, where it comes from and how sure it is:
 * docs/decisions/models.md. A row for a model of your own: docs/model-calls.md.
 */
import type { Effort } from '../../domain/product.ts';
import type { Profile } from './profile.ts';

const FROM_NONE: readonly Effort[] = ['none', 'low', 'medium', 'high', 'xhigh'];
const FROM_LOW: readonly Effort[] = ['low', 'medium', 'high', 'xhigh'];

/** Models of before the reasoning ones. */
const CHAT = {
  mostTokensField: 'max_tokens',
  temperature: 'any',
  efforts: [],
  structuredOutput: true,
  cache: 'prefix',
  tiers: ['default'],
  windows: [],
  contextTokens: 128_000,
  outputTokens: 16_384,
  lastDay: '2027-01-14',
} as const satisfies Omit<Profile, 'family'>;

const REASONING = {
  mostTokensField: 'max_completion_tokens',
  temperature: 'at effort none',
  efforts: FROM_NONE,
  structuredOutput: true,
  cache: 'prefix',
  tiers: ['default', 'flex'],
  windows: ['soonest'],
  contextTokens: 400_000,
  outputTokens: 128_000,
  lastDay: null,
} as const satisfies Omit<Profile, 'family'>;

/** From the 5.6 family on. */
const CURRENT = {
  ...REASONING,
  cache: 'breakpoint',
  windows: ['soonest', '2h', '8h'],
  contextTokens: 1_050_000,
} as const satisfies Omit<Profile, 'family'>;

/** It reasons always, so it takes no temperature at all. */
const ALWAYS_REASONING = { ...CURRENT, efforts: FROM_LOW, temperature: 'none' } as const;

export const PROFILES: readonly Profile[] = [
  { family: 'gpt-4o', ...CHAT },
  { family: 'gpt-4o-mini', ...CHAT },
  { family: 'gpt-4.1', ...CHAT, contextTokens: 1_047_576, outputTokens: 32_768 },
  { family: 'gpt-4.1-mini', ...CHAT, contextTokens: 1_047_576, outputTokens: 32_768 },
  { family: 'gpt-5.4', ...REASONING, contextTokens: 1_050_000 },
  { family: 'gpt-5.4-mini', ...REASONING },
  { family: 'gpt-5.4-nano', ...REASONING, lastDay: '2027-04-01' },
  { family: 'gpt-5.5', ...REASONING, contextTokens: 1_000_000 },
  { family: 'gpt-5.6-luna', ...CURRENT },
  { family: 'gpt-5.6-terra', ...CURRENT },
  { family: 'gpt-5.6-sol', ...CURRENT },
  { family: 'gpt-6-luna', ...CURRENT },
  { family: 'gpt-6-sol', ...CURRENT },
  { family: 'gpt-6-astra', ...ALWAYS_REASONING },
  { family: 'gpt-6.1-terra', ...CURRENT },
  { family: 'gpt-6.1-sol', ...ALWAYS_REASONING },
];
