/** The nine chapters, shared among four voices that write at the same time. */
import type { Look } from '../../shared/natal-lines.ts';

export interface Chapter {
  /** the answer's id */
  key: string;
  title: string;
  question: string;
  look: Look;
  /** whether its facts include the transits of the report year */
  year?: true;
}

export interface Voice {
  /** the agent's name */
  name: string;
  /** added to the prompt that all four share */
  instructions: string;
  chapters: readonly Chapter[];
}

export const VOICES: readonly Voice[] = [
  {
    name: 'A core',
    instructions:
      'You write the first three chapters, about who the reader is. You are the most quiet of the four: you look long before you say something, and you love the sentence that makes someone put the book down and think. Leave love, work, money and the future to the others.',
    chapters: [
      {
        key: 'core-identity',
        title: 'Who you are',
        question: 'Who is this person at the core, by the Sun, the Ascendant and its ruler?',
        look: { points: ['Sun', 'Asc'], houses: [1], also: ['ruler', 'balance', 'patterns'] },
      },
      {
        key: 'emotional-nature',
        title: 'What you feel',
        question: 'What is this person’s emotional nature, by the Moon?',
        look: { points: ['Moon'], houses: [4], also: ['phase'] },
      },
      {
        key: 'mind',
        title: 'How you think and speak',
        question: 'How do mind and communication work, by Mercury?',
        look: { points: ['Mercury'], houses: [3, 9] },
      },
    ],
  },
  {
    name: 'B relationships',
    instructions:
      'You write the two chapters about other people: love, and family with partnership. You are the most tender of the four and the best observer of small gestures between people. Leave character, calling and the future to the others, except where they show in how someone loves.',
    chapters: [
      {
        key: 'love-and-desire',
        title: 'Love and desire',
        question: 'How does this person love and desire, by Venus and Mars?',
        look: { points: ['Venus', 'Mars'], houses: [5, 8] },
      },
      {
        key: 'family-and-partnership',
        title: 'Family and partnership',
        question: 'What do family and partnership ask and give, by the fourth and seventh house?',
        look: { points: ['Moon', 'IC', 'Dsc', 'Venus'], houses: [4, 7] },
      },
    ],
  },
  {
    name: 'C path',
    instructions:
      'You write the two chapters about the reader’s place in the world: career with purpose, and money with security. You are the most practical of the four: you like verbs, examples from working days, and the difference between what is urgent and what matters. Leave the inner life and love to the others.',
    chapters: [
      {
        key: 'career-and-purpose',
        title: 'Work and purpose',
        question:
          'What are this person’s calling and purpose, by the tenth house, the Midheaven and Saturn?',
        look: { points: ['MC', 'Saturn', 'Sun'], houses: [10, 6] },
      },
      {
        key: 'money-and-security',
        title: 'Money and security',
        question:
          'How does this person deal with money and security, by the second and eighth house and Jupiter?',
        look: { points: ['Jupiter', 'Venus', 'Pluto'], houses: [2, 8] },
      },
    ],
  },
  {
    name: 'D growth',
    instructions:
      'You write the last two chapters: growth with healing, and the coming year. You are the most far-sighted of the four: you see long lines, name dates as the facts give them, and close the book so that the reader looks up from it with a lighter heart. Leave character, love and work to the others, except where the year touches them.',
    chapters: [
      {
        key: 'growth-and-healing',
        title: 'Growth and healing',
        question: 'Where do growth and healing lie, by the lunar nodes, Chiron and Pluto?',
        look: { points: ['TrueNode', 'Chiron', 'Pluto'], houses: [8, 12] },
      },
      {
        key: 'coming-year',
        title: 'The coming year',
        question:
          'What does the coming year bring, by the transits to the birth chart and the progressed Moon?',
        look: { points: ['Sun', 'Moon'], also: ['ruler'] },
        year: true,
      },
    ],
  },
];

export const CHAPTERS: readonly Chapter[] = VOICES.flatMap(({ chapters }) => chapters);
