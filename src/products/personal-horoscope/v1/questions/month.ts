/** The questions about a month of the report year. The wordings alternate from month to month. */
import type { AreaKey } from '../areas.ts';

export const MONTH_QUESTIONS: Readonly<Record<AreaKey, readonly string[]>> = {
  identity: [
    'Who are you becoming this month?',
    'Which part of yourself takes the lead this month?',
  ],
  emotions: [
    'What is the undercurrent of your feelings this month?',
    'Where do you find emotional ground this month?',
  ],
  romance: ['How does love unfold this month?', 'What does this month teach you about desire?'],
  partnership: [
    'What is this month’s task in partnership?',
    'How do promises and freedom get along this month?',
  ],
  family: [
    'What chapter opens in the family this month?',
    'What do you give to your family this month, and receive?',
  ],
  children: [
    'What grows this month with the children in your life?',
    'How do you guide and let go of the young this month?',
  ],
  creativity: [
    'What wants to take shape under your hands this month?',
    'Where does joy come from this month?',
  ],
  friends: [
    'Which friendships gain weight this month?',
    'What can you do together with others this month?',
  ],
  career: [
    'Where is your career heading this month?',
    'What do you build for the long run this month?',
  ],
  daily_work: [
    'How does your working life arrange itself this month?',
    'What deserves a better method this month?',
  ],
  income: [
    'How do your means and your values develop this month?',
    'What is worth your effort this month?',
  ],
  shared_money: [
    'What becomes clear this month about what you share with others?',
    'How do you handle obligations this month?',
  ],
  home: [
    'What is the theme of home this month?',
    'How does the place where you live change this month?',
  ],
  vitality: [
    'How does your strength rise and fall this month?',
    'Which rhythm suits your body this month?',
  ],
  rest: [
    'Where do you need quiet this month?',
    'What should come to an end this month so that you can recover?',
  ],
  communication: [
    'Which exchange of ideas marks this month?',
    'What do you have to say this month, and to whom?',
  ],
  learning: ['What is this month’s lesson?', 'Which field of knowledge opens up this month?'],
  travel: [
    'What does this month hold for journeys and distance?',
    'How far do you look, or go, this month?',
  ],
  beliefs: ['What gives this month its meaning?', 'How does your view of life shift this month?'],
  change: ['What turns this month, and what stays?', 'Which long decision matures this month?'],
};
