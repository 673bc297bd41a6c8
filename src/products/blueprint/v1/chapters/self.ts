/** Chapters 1 to 3: identity, feeling and thinking. */
import type { Chapter } from '../chapter.ts';

export const SELF_CHAPTERS: readonly Chapter[] = [
  {
    key: 'core-self',
    title: 'The core',
    themes: [
      {
        key: 'sun',
        title: 'What you are here to shine at',
        question: 'What do the Sun’s sign and house say about this person’s purpose and vitality?',
        look: { points: ['Sun'], houses: [1, 5], also: ['ruler', 'phase', 'balance'] },
      },
      {
        key: 'ascendant',
        title: 'How you walk through the door',
        question:
          'What do the Ascendant and the first house say about first impressions and approach?',
        look: { points: ['Asc', 'Mars'], houses: [1], also: ['ruler'] },
      },
      {
        key: 'chart-ruler',
        title: 'The hand on the tiller',
        question: 'Where does the ruler of the chart steer this life, and in what manner?',
        look: { points: ['Asc', 'Sun', 'Mars'], houses: [1], also: ['ruler', 'patterns'] },
      },
      {
        key: 'elements',
        title: 'What you are made of',
        question:
          'What does the balance of elements and qualities say: what abounds, what is scarce?',
        look: { points: ['Sun', 'Moon', 'Asc'], also: ['balance'] },
      },
    ],
  },
  {
    key: 'emotional-self',
    title: 'The heart indoors',
    themes: [
      {
        key: 'moon',
        title: 'What you need to feel at home',
        question: 'What do the Moon’s sign and house say about emotional needs?',
        look: { points: ['Moon'], houses: [4], also: ['phase'] },
      },
      {
        key: 'security',
        title: 'What gives you back your ground',
        question: 'What restores this person’s sense of security when it has been shaken?',
        look: { points: ['Moon', 'Venus', 'Saturn'], houses: [2, 4] },
      },
      {
        key: 'triggers',
        title: 'Where you are touched to the quick',
        question: 'What sets off strong feelings, and what lies beneath the reaction?',
        look: { points: ['Moon', 'Mars', 'Pluto'], houses: [8] },
      },
      {
        key: 'childhood',
        title: 'The weather you grew up in',
        question:
          'Which emotional climate of childhood does the chart suggest, and what remains of it?',
        look: { points: ['Moon', 'Saturn', 'IC'], houses: [4, 10] },
      },
    ],
  },
  {
    key: 'mind',
    title: 'The mind at work',
    themes: [
      {
        key: 'thinking',
        title: 'How you think',
        question: 'What do Mercury’s sign, house and aspects say about the style of thinking?',
        look: { points: ['Mercury'], houses: [3] },
      },
      {
        key: 'speaking',
        title: 'How you speak and how you listen',
        question: 'How does this person speak and listen, and where do misunderstandings begin?',
        look: { points: ['Mercury', 'Moon', 'Mars'], houses: [3, 7] },
      },
      {
        key: 'learning',
        title: 'How you learn',
        question: 'By what method does this person learn best, and what dulls curiosity?',
        look: { points: ['Mercury', 'Jupiter'], houses: [3, 9] },
      },
      {
        key: 'deciding',
        title: 'How you make up your mind',
        question: 'How are decisions made, what speeds them and what holds them up?',
        look: { points: ['Mercury', 'Mars', 'Saturn'], also: ['balance'] },
      },
    ],
  },
];
