/** Chapters 11 to 13: growth, hidden depths and the rhythm of a life. */
import type { Chapter } from '../chapter.ts';

export const DEPTH_CHAPTERS: readonly Chapter[] = [
  {
    key: 'growth',
    title: 'Growth',
    themes: [
      {
        key: 'north-node',
        title: 'The unfamiliar direction',
        question: 'In which direction does the North Node invite this person to grow?',
        look: { points: ['TrueNode', 'Sun', 'Jupiter'] },
      },
      {
        key: 'south-node',
        title: 'The well-worn path',
        question:
          'Which habits does the South Node, opposite the North Node, describe, and what is worth keeping of them?',
        look: { points: ['TrueNode', 'Moon', 'Saturn'] },
      },
      {
        key: 'saturn',
        title: 'What takes its time',
        question:
          'What does Saturn ask this person to learn slowly, and what does it give in return?',
        look: { points: ['Saturn'], houses: [10] },
      },
      {
        key: 'chiron',
        title: 'The tender place and its skill',
        question: 'What does Chiron say about an old hurt and the skill that grew beside it?',
        look: { points: ['Chiron', 'Moon', 'Mercury'] },
      },
    ],
  },
  {
    key: 'hidden-depths',
    title: 'Hidden depths',
    themes: [
      {
        key: 'pluto',
        title: 'What turns you inside out',
        question: 'Where does Pluto bring transformation, and how can it be met?',
        look: { points: ['Pluto', 'Mars'], houses: [8] },
      },
      {
        key: 'neptune',
        title: 'Dreams and blind spots',
        question: 'Where does Neptune inspire this person, and where does it blur the view?',
        look: { points: ['Neptune', 'Mercury', 'Venus'], houses: [12] },
      },
      {
        key: 'uranus',
        title: 'The window you keep open',
        question: 'Where does Uranus demand freedom, and what kind?',
        look: { points: ['Uranus', 'Sun', 'Moon'], houses: [11] },
      },
      {
        key: 'solitude',
        title: 'Alone, and not lonely',
        question:
          'What does the twelfth house say about solitude and what happens behind closed doors?',
        look: { points: ['Neptune', 'Moon', 'Saturn'], houses: [12] },
      },
    ],
  },
  {
    key: 'life-rhythm',
    title: 'The rhythm of a life',
    themes: [
      {
        key: 'luck',
        title: 'Where doors open',
        question: 'Where does Jupiter make things easier, and how can that be used without waste?',
        look: { points: ['Jupiter', 'Sun'], houses: [9, 11] },
      },
      {
        key: 'pattern',
        title: 'The figure in the carpet',
        question:
          'What does the chart’s main pattern, stellium or closest aspect say about the whole?',
        look: { points: ['Sun', 'Moon', 'Asc', 'MC'], also: ['patterns', 'balance'] },
      },
      {
        key: 'life-stages',
        title: 'The seasons ahead and behind',
        question:
          'What do Saturn’s cycle (it returns at about 29 and 58) and the person’s age say about the present stage of life?',
        look: { points: ['Saturn', 'Uranus', 'Jupiter'], also: ['phase'] },
      },
      {
        key: 'remember',
        title: 'One thing to remember',
        question: 'If this person remembers one thing of the whole chart, what should it be?',
        look: {
          points: ['Sun', 'Moon', 'Asc', 'TrueNode'],
          also: ['ruler', 'patterns', 'balance'],
        },
      },
    ],
  },
];
