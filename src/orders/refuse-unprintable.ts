/** Refuses words that a report could not print as they are. */
import { InvalidInput } from '../domain/errors.ts';

/**
 * Looks at the name, and at the place unless it is one of ours.
 * @throws InvalidInput that names the fields and their characters
 */
export function refuseUnprintable(
  { name, place }: { name: string; place: { name: string } | { id: string } },
  unprintable: (text: string) => string[],
): void {
  const typed = { 'birth.name': name, 'birth.place.name': 'id' in place ? '' : place.name };
  const issues = Object.entries(typed).flatMap(([field, text]) => {
    const lacking = unprintable(text);
    if (lacking.length === 0) return [];
    const message = `has characters that no font of ours can print: ${lacking.map(named).join(', ')}; write it without them, for example as in a passport`;
    return [{ field, message }];
  });
  if (issues.length > 0) throw new InvalidInput(issues);
}

/** @returns `𓀀 (U+13000)` */
function named(cluster: string): string {
  const points = Array.from(cluster, (character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${digits.padStart(4, '0')}`;
  });
  return `${cluster} (${points.join(' ')})`;
}
