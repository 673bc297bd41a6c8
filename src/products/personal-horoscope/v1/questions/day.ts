/** The questions about a day. The wordings of an area alternate from day to day. */
import type { AreaKey } from '../areas.ts';

export const DAY_QUESTIONS: Readonly<Record<AreaKey, readonly string[]>> = {
  identity: [
    'Which side of you wants to be seen today?',
    'How do you come across today, and what suits you best?',
    'What makes you feel most like yourself today?',
    'Where can you be plainly yourself today?',
  ],
  emotions: [
    'What is the emotional weather today?',
    'Which feeling deserves your attention today?',
    'What steadies your mood today?',
    'What are you more sensitive to than usual today?',
  ],
  romance: [
    'What does today bring to love and attraction?',
    'How can you show affection today?',
    'What stirs in matters of the heart today?',
    'Where does warmth or a spark come easily today?',
  ],
  partnership: [
    'What does a close partnership need today?',
    'How do two people meet halfway today?',
    'What is worth saying to the person at your side today?',
    'Where does give and take come into balance today?',
  ],
  family: [
    'What moves in the family today?',
    'How do your roots make themselves felt today?',
    'Which relative or family matter is close to you today?',
    'What keeps the peace in the family today?',
  ],
  children: [
    'What do the children in your life need today?',
    'How can you meet the young, or the child in you, today?',
    'What can be enjoyed with or learned from children today?',
    'Where do patience and play help with the young today?',
  ],
  creativity: [
    'What wants to be made, or simply enjoyed, today?',
    'Where does play come into the day?',
    'Which creative impulse is worth following today?',
    'What gives you pleasure today without a purpose?',
  ],
  friends: [
    'What is happening among friends today?',
    'Who in your circle is worth a message today?',
    'What part do you play in a group today?',
    'How do friends and company do you good today?',
  ],
  career: [
    'What does today ask of your career?',
    'How is your work seen from outside today?',
    'Which step serves your longer ambition today?',
    'Where does responsibility call you today?',
  ],
  daily_work: [
    'How do the tasks of the day go best?',
    'What helps among colleagues today?',
    'Which piece of daily work should come first today?',
    'What makes the working day run more smoothly?',
  ],
  income: [
    'What is worth noticing about earning and spending today?',
    'How do you deal with what you own today?',
    'What does today show you about your own worth?',
    'Where is care with money and things well placed today?',
  ],
  shared_money: [
    'What stirs in money that you share with others today?',
    'How do trust and obligation meet today?',
    'What should be clear between you and others about money today?',
    'Which debt or favour is on your mind today?',
  ],
  home: [
    'What does your home ask for today?',
    'How can the place where you live support you today?',
    'Which corner of your home deserves a little care today?',
    'What makes today feel like coming home?',
  ],
  vitality: [
    'How does your energy run today?',
    'Which small habit does you good today?',
    'When should you press on today, and when slow down?',
    'What does your body ask you to notice today?',
  ],
  rest: [
    'Where do you find rest today?',
    'What can be put down by this evening?',
    'How do you deal with strain today?',
    'What helps you to withdraw and recover today?',
  ],
  communication: [
    'How do your words land today?',
    'Which conversation matters today?',
    'What should be said, written or asked today?',
    'Where does listening serve you better than talking today?',
  ],
  learning: [
    'What is there to learn today?',
    'How does your mind take things in today?',
    'Which question is worth following further today?',
    'What can today teach you?',
  ],
  travel: [
    'What is on the road today?',
    'How do journeys, near or far, go today?',
    'Where does the wider world touch your day?',
    'What does a change of scene do for you today?',
  ],
  beliefs: [
    'What does your inner voice say today?',
    'Where do you find meaning today?',
    'Which thought is worth carrying through the day?',
    'What do you trust in today?',
  ],
  change: [
    'What is shifting today, and how can you meet it?',
    'Which decision is ripe today, and which can wait?',
    'Where is timing on your side today?',
    'What are you ready to let go of today?',
  ],
};
