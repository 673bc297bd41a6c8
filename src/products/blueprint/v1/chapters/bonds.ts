/** Chapters 4 to 6: love, partnership, family and home. */
import type { Chapter } from '../chapter.ts';

export const BOND_CHAPTERS: readonly Chapter[] = [
  {
    key: 'love',
    title: 'Love',
    themes: [
      {
        key: 'attraction',
        title: 'What draws you',
        question: 'What attracts this person, and why?',
        look: { points: ['Venus', 'Mars', 'Dsc'], houses: [5, 7] },
      },
      {
        key: 'offering',
        title: 'What you bring to love',
        question: 'What does this person offer in love, and how is it shown?',
        look: { points: ['Venus', 'Moon', 'Sun'], houses: [5] },
      },
      {
        key: 'desire',
        title: 'Desire and pursuit',
        question: 'How does this person desire, pursue and wish to be pursued?',
        look: { points: ['Mars', 'Venus', 'Pluto'], houses: [5, 8] },
      },
      {
        key: 'love-pattern',
        title: 'The story that repeats itself',
        question: 'Which pattern in love tends to recur, and how can it be told differently?',
        look: { points: ['Venus', 'Saturn', 'TrueNode', 'Lilith'], houses: [7] },
      },
    ],
  },
  {
    key: 'partnership',
    title: 'Partnership',
    themes: [
      {
        key: 'partner',
        title: 'The one across the table',
        question: 'What do the Descendant and its ruler say about the kind of partner sought?',
        look: { points: ['Dsc', 'Venus', 'Jupiter'], houses: [7] },
      },
      {
        key: 'commitment',
        title: 'How you promise',
        question: 'How does this person commit, and what makes a promise last?',
        look: { points: ['Saturn', 'Venus', 'Moon'], houses: [7, 8] },
      },
      {
        key: 'conflict',
        title: 'How you quarrel and make peace',
        question: 'What is this person’s way with conflict, and what leads out of it?',
        look: { points: ['Mars', 'Mercury', 'Pluto'], houses: [7] },
      },
      {
        key: 'trust',
        title: 'Trust and closeness',
        question: 'How do trust and intimacy grow, and what guards the door?',
        look: { points: ['Moon', 'Pluto', 'Saturn'], houses: [8, 12] },
      },
    ],
  },
  {
    key: 'family-and-home',
    title: 'Family and home',
    themes: [
      {
        key: 'inheritance',
        title: 'What was handed to you',
        question: 'What has this person inherited from the family in temperament and values?',
        look: { points: ['Moon', 'IC', 'Saturn', 'TrueNode'], houses: [4] },
      },
      {
        key: 'family-role',
        title: 'Your chair at the table',
        question: 'Which role does this person tend to take in the family, and what does it cost?',
        look: { points: ['Sun', 'Moon', 'Chiron'], houses: [4, 10] },
      },
      {
        key: 'ideal-home',
        title: 'The place where you can breathe',
        question:
          'What would this person’s ideal home be like, and what must not be missing there?',
        look: { points: ['Moon', 'Venus', 'IC'], houses: [2, 4] },
      },
      {
        key: 'parenting',
        title: 'How you look after what grows',
        question: 'How does this person care for the young, one’s own or others’?',
        look: { points: ['Moon', 'Jupiter', 'Sun'], houses: [4, 5] },
      },
    ],
  },
];
