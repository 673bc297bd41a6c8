/** Finds the link that a token from an e-mail belongs to, even if the token was revoked since. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Link } from '../../domain/link.ts';
import type { Store } from '../../domain/ports/store.ts';
import { idOfToken, type Tokens } from '../../domain/token.ts';

/** Older generations are not recognised: each costs a comparison. */
const REMEMBERED = 50;

/**
 * @returns the link, and whether the token is of its current generation
 * @throws AlmanacError `not_found` for a token that never opened anything
 */
export async function findLink(
  { store, tokens }: { store: Pick<Store, 'links'>; tokens: Tokens },
  token: string,
): Promise<{ link: Link; current: boolean }> {
  const link = await store.links.find(idOfToken(token) ?? '');
  const oldest = Math.max(1, (link?.generation ?? 0) - REMEMBERED);
  for (let generation = link?.generation ?? 0; link && generation >= oldest; generation -= 1) {
    if (tokens.matches(token, 'link', link.id, generation)) {
      return { link, current: generation === link.generation };
    }
  }
  throw new AlmanacError(
    'not_found',
    'This link does not open a report. Please check that you copied all of it from the e-mail.',
  );
}
