/** The twenty life areas, in the order of every period's answers: five per sheet. */
export const AREAS = [
  'identity',
  'emotions',
  'romance',
  'partnership',
  'family',
  'children',
  'creativity',
  'friends',
  'career',
  'daily_work',
  'income',
  'shared_money',
  'home',
  'vitality',
  'rest',
  'communication',
  'learning',
  'travel',
  'beliefs',
  'change',
] as const;

export type AreaKey = (typeof AREAS)[number];
