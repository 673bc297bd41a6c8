/** Whether an answer names anything in the sky that its facts name. */
import type { QuestionGroup } from '../../domain/call-plan.ts';
import { BODIES, SIGNS } from '../../domain/sky.ts';

const NAMES = [...BODIES, ...SIGNS, 'Node', 'Ascendant', 'Midheaven', 'Descendant', 'house'];
const NAME = new RegExp(`\\b(${NAMES.join('|')})`, 'g');

/**
 * @returns the names in the group's facts; null when its answers need not cite any. A fact that leaves
 * something open counts for its other names only: with "Sun in Pisces or Aries" for the Sun
 */
export function namesToCite({ cites, facts, open }: QuestionGroup): ReadonlySet<string> | null {
  const names = new Set(
    facts.flatMap((fact) => {
      const named: string[] = fact.match(NAME) ?? [];
      const unknown = (open ?? []).filter(
        ({ name, oneOf }) => fact.includes(name) && oneOf.every((one) => named.includes(one)),
      );
      return named.filter((one) => !unknown.some(({ oneOf }) => oneOf.includes(one)));
    }),
  );
  return cites === true && names.size > 0 ? names : null;
}

export function citesOneOf(names: ReadonlySet<string>, text: string): boolean {
  return (text.match(NAME) ?? []).some((name) => names.has(name));
}

const HEDGE = /\b(if|or|whether|either|perhaps|possibly|unknown|uncertain|hour)\b/i;

/** Whether a sentence takes for certain what is open: "your Sun in Aries" when it may be in Pisces. */
export function statesOpen({ open }: QuestionGroup, text: string): boolean {
  if (!open) return false;
  const sentences = text.split(/(?<=[.!?])\s+/);
  return open.some(({ name, oneOf }) =>
    oneOf.some((sign) => {
      const whose = '\\b(?:your|natal) (?:natal |birth )?';
      const flat = new RegExp(
        `${whose}(?:${name} (?:is |was )?in ${sign}|${sign} ${name})\\b`,
        'i',
      );
      return sentences.some((sentence) => flat.test(sentence) && !HEDGE.test(sentence));
    }),
  );
}
