/** Chapters 7 to 10: work, money, the body, and other people. */
import type { Chapter } from '../chapter.ts';

export const WORLD_CHAPTERS: readonly Chapter[] = [
  {
    key: 'work',
    title: 'Work',
    themes: [
      {
        key: 'vocation',
        title: 'What calls you',
        question: 'What do the Midheaven and its ruler say about vocation?',
        look: { points: ['MC', 'Sun', 'Saturn'], houses: [10, 6] },
      },
      {
        key: 'conditions',
        title: 'Where you work well',
        question: 'Under which working conditions does this person do the best work?',
        look: { points: ['Mercury', 'Mars', 'Saturn'], houses: [6] },
      },
      {
        key: 'leadership',
        title: 'How you lead',
        question: 'How does this person lead, and how do they take being led?',
        look: { points: ['Sun', 'Mars', 'Jupiter', 'Saturn'], houses: [1, 10] },
      },
      {
        key: 'reputation',
        title: 'What they say when you have left the room',
        question: 'What reputation does the chart suggest, and how does it differ from the inside?',
        look: { points: ['MC', 'Moon', 'Sun'], houses: [10, 11] },
      },
    ],
  },
  {
    key: 'money',
    title: 'Money',
    themes: [
      {
        key: 'earning',
        title: 'What your talents are worth',
        question: 'Which talents lend themselves to earning a living?',
        look: { points: ['Venus', 'Jupiter', 'Mercury'], houses: [2, 6] },
      },
      {
        key: 'spending',
        title: 'The open and the closed hand',
        question: 'What are this person’s habits in spending and saving, and what is behind them?',
        look: { points: ['Venus', 'Moon', 'Saturn'], houses: [2] },
      },
      {
        key: 'shared-resources',
        title: 'Yours, mine and ours',
        question: 'How does this person deal with what is shared, lent, owed or inherited?',
        look: { points: ['Pluto', 'Venus', 'Saturn'], houses: [8] },
      },
      {
        key: 'risk',
        title: 'How far you lean over the edge',
        question: 'What is this person’s attitude to risk, and where does it serve or mislead?',
        look: { points: ['Jupiter', 'Uranus', 'Saturn', 'Mars'], houses: [5, 8] },
      },
    ],
  },
  {
    key: 'body-and-energy',
    title: 'Energy',
    themes: [
      {
        key: 'rhythm',
        title: 'Your tides',
        question: 'What rhythm of activity and rest does the chart suggest?',
        look: { points: ['Sun', 'Mars', 'Moon'], houses: [1, 6], also: ['balance'] },
      },
      {
        key: 'habits',
        title: 'Habits that carry you',
        question: 'Which daily habits suit this temperament?',
        look: { points: ['Mercury', 'Saturn', 'Moon'], houses: [6] },
      },
      {
        key: 'stress',
        title: 'What you do under pressure',
        question: 'How does this person respond to strain, and what brings relief?',
        look: { points: ['Moon', 'Saturn', 'Uranus', 'Neptune'], houses: [6, 12] },
      },
      {
        key: 'drive',
        title: 'Fire and temper',
        question: 'What drives this person, and how do they live with anger?',
        look: { points: ['Mars', 'Sun', 'Pluto'], houses: [1] },
      },
    ],
  },
  {
    key: 'social-world',
    title: 'Other people',
    themes: [
      {
        key: 'friendship',
        title: 'What makes a friend',
        question: 'How does this person make, keep and lose friends?',
        look: { points: ['Venus', 'Mercury', 'Uranus'], houses: [11] },
      },
      {
        key: 'groups',
        title: 'Your part in the company',
        question: 'Which role does this person play in groups?',
        look: { points: ['Sun', 'Uranus', 'Saturn'], houses: [11, 1] },
      },
      {
        key: 'causes',
        title: 'What you would stand up for',
        question: 'Which causes and ideals move this person, and how are they served?',
        look: { points: ['Jupiter', 'Uranus', 'Neptune'], houses: [9, 11] },
      },
      {
        key: 'boundaries',
        title: 'Rivals and fences',
        question: 'How does this person deal with rivals, and where do boundaries need mending?',
        look: { points: ['Mars', 'Saturn', 'Lilith'], houses: [7, 12] },
      },
    ],
  },
];
