/** The questions about a week. The wordings of an area alternate from week to week. */
import type { AreaKey } from '../areas.ts';

export const WEEK_QUESTIONS: Readonly<Record<AreaKey, readonly string[]>> = {
  identity: [
    'What does this week bring out in you?',
    'How do you stand up for yourself this week?',
    'Which quality of yours carries the week?',
  ],
  emotions: [
    'How do your feelings move through this week?',
    'What do you need emotionally this week?',
    'Which mood sets the tone of the week, and what answers it?',
  ],
  romance: [
    'What does love look like this week?',
    'Where does attraction lead this week?',
    'How can romance grow in the course of the week?',
  ],
  partnership: [
    'What is the theme between you and a partner this week?',
    'How is commitment lived this week?',
    'What brings partners closer this week?',
  ],
  family: [
    'Which family matter runs through this week?',
    'How do you and your family support each other this week?',
    'What from your roots returns this week?',
  ],
  children: [
    'How does the week go with the children in your life?',
    'What does the younger generation ask of you this week?',
    'Where is there room for play and patience this week?',
  ],
  creativity: [
    'What can you create or enjoy this week?',
    'Where do your ideas come from this week?',
    'Which pleasure should have its place in the week?',
  ],
  friends: [
    'What do friends and groups bring this week?',
    'How does your circle change or hold together this week?',
    'Where do you belong this week?',
  ],
  career: [
    'What moves in your career this week?',
    'Which goal is within reach this week?',
    'How do you meet authority, or carry it, this week?',
  ],
  daily_work: [
    'How can you order the work of this week?',
    'What do you and your colleagues need from each other this week?',
    'Which routine is worth mending this week?',
  ],
  income: [
    'How do earning and spending balance this week?',
    'What are your talents worth this week?',
    'What is worth keeping, and what can go, this week?',
  ],
  shared_money: [
    'What needs to be settled with others about money this week?',
    'How do you share, lend or owe this week?',
    'Where does trust in shared matters grow this week?',
  ],
  home: [
    'What happens at home this week?',
    'How can you make your home more your own this week?',
    'Which household matter should be taken in hand this week?',
  ],
  vitality: [
    'How should you spend your energy this week?',
    'Which habit carries you through the week?',
    'Where is your strength this week, and where its limit?',
  ],
  rest: [
    'When and how do you rest this week?',
    'What eases the pressure of this week?',
    'Which quiet hour should you defend this week?',
  ],
  communication: [
    'What is this week’s important conversation?',
    'How do news, messages and errands shape the week?',
    'What should be cleared up in words this week?',
  ],
  learning: [
    'What do you understand better by the end of this week?',
    'Which study or skill moves forward this week?',
    'Where does curiosity take you this week?',
  ],
  travel: [
    'Where does this week take you?',
    'How do plans for journeys or a move develop this week?',
    'What is different when you leave the usual route this week?',
  ],
  beliefs: [
    'Which belief is tested or strengthened this week?',
    'What feeds your inner life this week?',
    'Where does the week open a wider view?',
  ],
  change: [
    'What changes in the course of this week?',
    'Which decision does this week prepare?',
    'How do you choose the right moment this week?',
  ],
};
