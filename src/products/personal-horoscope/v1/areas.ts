/** The twenty life areas, in the order in which every period answers them: five to a sheet. */

/** `houses` and `planets` are where an astrologer looks for the area; the prompt names them. */
export const AREAS = [
  { key: 'identity', title: 'Self', houses: '1st', planets: 'Sun, ruler of the Ascendant' },
  { key: 'emotions', title: 'Feelings', houses: '4th', planets: 'Moon' },
  { key: 'romance', title: 'Romance', houses: '5th', planets: 'Venus, Mars' },
  { key: 'partnership', title: 'Partnership', houses: '7th', planets: 'Venus, Descendant' },
  { key: 'family', title: 'Family', houses: '4th', planets: 'Moon, IC' },
  { key: 'children', title: 'Children', houses: '5th', planets: 'Moon, Jupiter' },
  { key: 'creativity', title: 'Creativity', houses: '5th', planets: 'Sun, Neptune' },
  { key: 'friends', title: 'Friends', houses: '11th', planets: 'Uranus, Mercury' },
  { key: 'career', title: 'Career', houses: '10th', planets: 'Midheaven, Saturn' },
  { key: 'daily_work', title: 'Daily work', houses: '6th', planets: 'Mercury, Mars' },
  { key: 'income', title: 'Income', houses: '2nd', planets: 'Venus, Jupiter' },
  { key: 'shared_money', title: 'Shared money', houses: '8th', planets: 'Pluto, Saturn' },
  { key: 'home', title: 'Home', houses: '4th', planets: 'Moon, Saturn' },
  { key: 'vitality', title: 'Vitality', houses: '6th and 1st', planets: 'Mars, Sun' },
  { key: 'rest', title: 'Rest', houses: '12th', planets: 'Neptune, Moon' },
  { key: 'communication', title: 'Conversation', houses: '3rd', planets: 'Mercury' },
  { key: 'learning', title: 'Learning', houses: '9th and 3rd', planets: 'Jupiter, Mercury' },
  { key: 'travel', title: 'Travel', houses: '9th and 3rd', planets: 'Jupiter' },
  { key: 'beliefs', title: 'Inner life', houses: '9th and 12th', planets: 'Neptune, lunar nodes' },
  { key: 'change', title: 'Change', houses: '8th and 1st', planets: 'Uranus, Pluto, Saturn' },
] as const;

export type Area = (typeof AREAS)[number];
export type AreaKey = Area['key'];
