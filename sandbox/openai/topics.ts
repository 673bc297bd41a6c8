/** What a question is about: the words that an answer to it would use. */

export interface Topic {
  /** lower case, fits after "your" or "in" */
  name: string;
  nouns: readonly string[];
  /** base form, second person, fits after "you could" */
  acts: readonly string[];
}

const TOPICS: readonly { about: RegExp; topic: Topic }[] = [
  topic(
    /identity|self-expression|core self|sun sign|character/,
    'sense of self',
    ['self-respect', 'confidence', 'visibility', 'your own signature'],
    [
      'introduce the unpolished version of an idea',
      'wear what you like rather than what is expected',
      'sign your name to the work',
      'let one strong opinion stand without a footnote',
    ],
  ),
  topic(
    /emotion|moon|feeling|security|trigger|wellbeing/,
    'emotional life',
    ['tenderness', 'mood', 'inner weather', 'the need for shelter'],
    [
      'name the feeling before you solve it',
      'eat and sleep before you decide',
      'tell one trusted person how it really is',
      'leave the hard message in the drafts overnight',
    ],
  ),
  topic(
    /romance|love|desire|dating|venus/,
    'love life',
    ['affection', 'attraction', 'courtship', 'delight'],
    [
      'say the warm thing first',
      'ask for the evening you actually want',
      'flirt without keeping score',
      'let desire be slower than the calendar',
    ],
  ),
  topic(
    /partner|marriage|relationship|commit|seventh|7th/,
    'closest partnership',
    ['fairness', 'commitment', 'the space between two people', 'mutual effort'],
    [
      'share the plan before it is finished',
      'split one recurring chore anew',
      'listen to the end of the sentence',
      'put the agreement into plain words',
    ],
  ),
  topic(
    /family|home|childhood|parent|root|domestic/,
    'home and family',
    ['belonging', 'the household rhythm', 'family tradition', 'rootedness'],
    [
      'clear one drawer that everyone avoids',
      'ring the relative whom you keep meaning to ring',
      'cook for more people than live there',
      'let an old rule of the house lapse',
    ],
  ),
  topic(
    /friend|social|community|network|group/,
    'friendships',
    ['company', 'loyalty', 'good humour', 'the wider circle'],
    [
      'accept the second invitation, not only the first',
      'introduce two people who should know each other',
      'show up early and help with the chairs',
      'admit which gatherings tire you',
    ],
  ),
  topic(
    /career|vocation|profession|ambition|midheaven|10th|public/,
    'working life',
    ['reputation', 'ambition', 'craft', 'responsibility'],
    [
      'ask for the brief in writing',
      'finish the dull half of the task first',
      'volunteer for the piece that others can see',
      'write down what you are no longer willing to carry',
    ],
  ),
  topic(
    /money|financ|income|wealth|possession|2nd|spend/,
    'finances',
    ['value', 'thrift', 'ownership', 'steady income'],
    [
      'look at the numbers while it is still light',
      'name a price and then stop talking',
      'cancel one subscription that nobody misses',
      'separate what is urgent from what is merely loud',
    ],
  ),
  topic(
    /health|body|vital|energy|fitness|rest/,
    'physical rhythm',
    ['stamina', 'rest', 'appetite', 'the pace of the body'],
    [
      'walk the last part of the way',
      'stop one hour before you are exhausted',
      'stretch before you open a screen',
      'keep the same bedtime three nights running',
    ],
  ),
  topic(
    /mind|communicat|think|speak|learn|decision|mercury|writing/,
    'thinking and speech',
    ['curiosity', 'precision', 'the inner commentary', 'conversation'],
    [
      'read the message aloud before sending it',
      'ask the naive question',
      'write three lines by hand',
      'change your mind in public, once',
    ],
  ),
  topic(
    /creativ|art|play|joy|child|pleasure/,
    'creative work',
    ['play', 'invention', 'colour', 'the unfinished draft'],
    [
      'make something badly on purpose',
      'return to the draft that embarrassed you',
      'give the hobby the good hour of the day',
      'show a sketch before it is safe',
    ],
  ),
  topic(
    /spirit|faith|meaning|intuition|dream|soul/,
    'inner life',
    ['quiet', 'trust', 'intuition', 'the long view'],
    [
      'sit still for ten minutes without improving anything',
      'write the dream down before breakfast',
      'visit a place that is larger than your plans',
      'let one question stay open',
    ],
  ),
  topic(
    /travel|journey|abroad|adventure|9th/,
    'travels',
    ['distance', 'new ground', 'orientation', 'the unfamiliar street'],
    [
      'take the slower road once',
      'learn ten words of the language',
      'pack a third less',
      'plan the way out and leave the way back loose',
    ],
  ),
  topic(
    /growth|learning|study|education|purpose|path|node/,
    'path of growth',
    ['practice', 'patience', 'direction', 'apprenticeship'],
    [
      'choose one teacher and stay a season',
      'repeat the basic exercise',
      'measure yourself against last year only',
      'say no to the impressive detour',
    ],
  ),
  topic(
    /intimacy|sexual|trust|shared resource|8th|transform/,
    'deeper trust',
    ['candour', 'vulnerability', 'letting go', 'shared risk'],
    [
      'say the awkward thing kindly',
      'return what was never yours to keep',
      'ask what the other person is afraid of',
      'let a finished chapter be finished',
    ],
  ),
  topic(
    /conflict|anger|courage|mars|challenge|obstacle|shadow/,
    'courage',
    ['nerve', 'friction', 'clean anger', 'the first move'],
    [
      'fight for the point and not for the last word',
      'begin with the smallest honest step',
      'use the temper as fuel for one physical task',
      'state the limit before it is crossed',
    ],
  ),
];

const ANY_ACTS = [
  'put the decision where you can see it',
  'do the plain thing well',
  'give the first hour to what matters',
  'leave one part of the day unplanned',
];

/** @param question the id and the text of a question, and the title that it stands under */
export function topicOf(question: string): Topic {
  const lower = question.toLowerCase();
  const known = TOPICS.find(({ about }) => about.test(lower));
  if (known !== undefined) return known.topic;
  return {
    name: 'daily round',
    nouns: ['attention', 'habit', 'timing', 'good sense'],
    acts: ANY_ACTS,
  };
}

function topic(
  about: RegExp,
  name: string,
  nouns: string[],
  acts: string[],
): { about: RegExp; topic: Topic } {
  return { about, topic: { name, nouns, acts } };
}
