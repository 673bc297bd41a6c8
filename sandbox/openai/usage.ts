/** Estimates tokens, and remembers prompts like a provider's prompt cache. */
import { createHash } from 'node:crypto';
import type { CacheWish } from './prompt.ts';

export interface TokenUsage {
  promptTokens: number;
  cachedTokens: number;
  writtenTokens: number;
  /** with what was thought */
  completionTokens: number;
  reasoningTokens: number;
}

const CHARACTERS_PER_TOKEN = 4;
/** Caching begins at 1,024 tokens and continues in steps of 128: OpenAI's prompt caching guide. */
const FIRST_TOKENS = 1_024;
const STEP_TOKENS = 128;

export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

export interface PromptCache {
  /** @returns how many of the prompt's first tokens an earlier prompt also had; writing is free and not told */
  read(model: string, text: string): number;
  /**
   * As families from 5.6 on do: cached exactly up to marked places, by default one after the last message.
   * @returns tokens read from the cache, and written to it
   */
  readMarked(model: string, text: string, wish: CacheWish): { cached: number; written: number };
}

export function createPromptCache(): PromptCache {
  const prefixes = new Set<string>();
  return {
    read(model, text) {
      const hash = createHash('sha256').update(model);
      let cached = 0;
      let at = 0;
      const total = Math.floor(text.length / CHARACTERS_PER_TOKEN);
      for (let tokens = FIRST_TOKENS; tokens <= total; tokens += STEP_TOKENS) {
        hash.update(text.slice(at, tokens * CHARACTERS_PER_TOKEN));
        at = tokens * CHARACTERS_PER_TOKEN;
        const prefix = hash.copy().digest('base64url').slice(0, 16);
        if (prefixes.has(prefix)) cached = tokens;
        else prefixes.add(prefix);
      }
      return cached;
    },
    readMarked(model, text, { marks, explicit }) {
      let cached = 0;
      let end = 0;
      for (const at of explicit ? marks : [...marks, text.length]) {
        const tokens = estimateTokens(text.slice(0, at));
        if (tokens < FIRST_TOKENS) continue;
        const hash = createHash('sha256').update(model).update(text.slice(0, at));
        const prefix = `mark ${hash.digest('base64url').slice(0, 16)}`;
        end = Math.max(end, tokens);
        if (prefixes.has(prefix)) cached = Math.max(cached, tokens);
        else prefixes.add(prefix);
      }
      return { cached, written: end - cached };
    },
  };
}
