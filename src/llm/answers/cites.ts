/** Whether an answer names anything in the sky that its facts name. */
import type { QuestionGroup } from '../../domain/call-plan.ts';
import { BODIES, SIGNS } from '../../domain/sky.ts';

const NAMES = [...BODIES, ...SIGNS, 'Node', 'Ascendant', 'Midheaven', 'Descendant', 'house'];
const NAME = new RegExp(`\\b(${NAMES.join('|')})`, 'g');

/** @returns the names in the group's facts; null when its answers need not cite any */
export function namesToCite({ cites, facts }: QuestionGroup): ReadonlySet<string> | null {
  const names = new Set(facts.flatMap((fact) => fact.match(NAME) ?? []));
  return cites === true && names.size > 0 ? names : null;
}

export function citesOneOf(names: ReadonlySet<string>, text: string): boolean {
  return (text.match(NAME) ?? []).some((name) => names.has(name));
}
