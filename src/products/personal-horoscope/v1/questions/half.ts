/** The questions about a half of the report year: one wording for each half. */
import type { AreaKey } from '../areas.ts';

export const HALF_QUESTIONS: Readonly<Record<AreaKey, readonly string[]>> = {
  identity: [
    'How do you grow into yourself in this half of the year?',
    'What do you now stand for, in the second half of the year?',
  ],
  emotions: [
    'What do your feelings ask for in this half of the year?',
    'How does your emotional life deepen in these six months?',
  ],
  romance: [
    'What is the story of love in this half of the year?',
    'Where does the heart turn in these six months?',
  ],
  partnership: [
    'What does partnership demand and give in this half of the year?',
    'How does commitment ripen in these six months?',
  ],
  family: [
    'How do family ties develop in this half of the year?',
    'What do you make of your inheritance in these six months?',
  ],
  children: [
    'What matters with the young in this half of the year?',
    'How do care and freedom for children grow in these six months?',
  ],
  creativity: [
    'What can you bring into being in this half of the year?',
    'How do play and craft come together in these six months?',
  ],
  friends: [
    'Which community carries you in this half of the year?',
    'How do your friendships stand in these six months?',
  ],
  career: [
    'What is the direction of your career in this half of the year?',
    'What do you harvest or begin in your calling in these six months?',
  ],
  daily_work: [
    'How does everyday work change in this half of the year?',
    'What do you want your working days to look like in these six months?',
  ],
  income: [
    'How do earning and owning develop in this half of the year?',
    'What proves to be of lasting worth in these six months?',
  ],
  shared_money: [
    'What is to be put in order with others in this half of the year?',
    'How do shared means and trust develop in these six months?',
  ],
  home: [
    'What becomes of home in this half of the year?',
    'Where do you settle, or loosen your roots, in these six months?',
  ],
  vitality: [
    'How do you look after your strength in this half of the year?',
    'Which habits bear you through these six months?',
  ],
  rest: [
    'What kind of rest does this half of the year ask for?',
    'How do you find quiet in these six months?',
  ],
  communication: [
    'What do you learn about speaking and listening in this half of the year?',
    'Which voices accompany you in these six months?',
  ],
  learning: [
    'What do you master in this half of the year?',
    'Where does study or teaching lead in these six months?',
  ],
  travel: [
    'Which horizons open in this half of the year?',
    'What do distance and movement mean in these six months?',
  ],
  beliefs: [
    'What do you come to believe in this half of the year?',
    'How does your inner life unfold in these six months?',
  ],
  change: [
    'What is the great change of this half of the year?',
    'What is completed, and what begun anew, in these six months?',
  ],
};
