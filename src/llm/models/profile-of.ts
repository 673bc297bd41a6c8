/** Finds the profile of a model by its name. */
import type { Profile } from './profile.ts';
import { PROFILES } from './table.ts';

/** Names of models that another server offers, each with the family that it takes the parameters of. */
export type Likes = Readonly<Record<string, string>>;

const BY_FAMILY: ReadonlyMap<string, Profile> = new Map(
  PROFILES.map((profile) => [profile.family, profile]),
);

/**
 * @param likes the founder's own; they go before the table. A model that only behaves like a family does not
 *   end with it
 * @returns null for a model that nobody has described
 */
export function profileOf(modelName: string, likes: Likes = {}): Profile | null {
  const like = Object.hasOwn(likes, modelName) ? likes[modelName] : undefined;
  if (like === undefined) return BY_FAMILY.get(familyOf(modelName)) ?? null;
  const profile = BY_FAMILY.get(like);
  return profile === undefined ? null : { ...profile, family: modelName, lastDay: null };
}

/** @returns the name without the day of its snapshot: `gpt-4o` for `gpt-4o-2024-08-06` */
export function familyOf(modelName: string): string {
  return modelName.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
