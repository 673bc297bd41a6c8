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
    /\b(child|young)/,
    'time with the young',
    ['wonder', 'gentle authority', 'laughter', 'beginning again'],
    [
      'answer the question that was really asked',
      'join the game instead of watching it',
      'praise the effort and not the result',
      'read the story once more',
    ],
  ),
  topic(
    /\b(identity|self|sun|ascendant|character|impression|appear)/,
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
    /\b(emotion|moon|feeling|security|secure|trigger|wellbeing|mood|restores)/,
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
    /\b(romance|romantic|love|desire|dating|venus|attract|heart)/,
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
    /\b(partner|marriage|relationship|commit|seventh|7th|two people)/,
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
    /\b(family|home|childhood|parent|root|domestic|ancest)/,
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
    /\b(friend|social|communit|network|group|circle|belong)/,
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
    /\b(career|vocation|profession|ambition|midheaven|10th|public|work|colleague|legacy)/,
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
    /\b(money|financ|income|wealth|possession|2nd|spend|earn)/,
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
    /\b(health|body|vital|energy|fitness|rest|habit|stress)/,
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
    /\b(mind|communicat|think|speak|speech|decision|decide|mercury|writing|conversation)/,
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
    /\b(creativ|art|play|joy|pleasure|talent)/,
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
    /\b(spirit|faith|belief|meaning|intuition|dream|soul|neptune|solitude)/,
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
    /\b(travel|journey|abroad|adventure|9th)/,
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
    /\b(growth|learn|study|education|purpose|path|node|lesson|saturn)/,
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
    /\b(intimacy|sexual|trust|shared|8th|transform|change|power|pluto|grief)/,
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
    /\b(conflict|anger|courage|mars|challenge|obstacle|shadow|fear|risk)/,
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

/** @param signs texts that may name the subject, most reliable first: id, text, title of the group */
export function topicOf(signs: readonly string[]): Topic {
  for (const sign of signs) {
    const words = sign.toLowerCase().replace(/[-_]/g, ' ');
    const known = TOPICS.find(({ about }) => about.test(words));
    if (known !== undefined) return known.topic;
  }
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
