/** The twenty life areas, in the order in which every period answers them: five to a sheet. */
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
