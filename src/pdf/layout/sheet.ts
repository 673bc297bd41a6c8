/** A sheet: one page, with its answers as large and as loosely set as the page allows, and never cut. */
import type { Block } from '../../domain/document.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { Element } from '../file/structure-tree.ts';
import { SHEET, STYLES, type TextStyle } from '../house-style.ts';
import { breakLines, type Lines, type Setting, settingOf, settingsOf } from '../type/set-text.ts';
import type { Box, Layout } from './box.ts';
import { blockBoxes } from './flow.ts';
import type { Placed } from './paginate.ts';
import { textBox } from './text-box.ts';

const HEADINGS = {
  heading1: { ...STYLES.heading1, size: 18, leading: 22, before: 0 },
  heading2: { ...STYLES.heading2, size: 12, leading: 16, before: 10 },
  heading3: { ...STYLES.heading3, size: 8, leading: 12, before: 8 },
} as const satisfies Record<string, TextStyle>;

interface Piece {
  element: Element;
  setting: Setting;
  style: TextStyle;
}
interface PlannedAnswer {
  question: Piece[];
  paragraphs: Piece[];
}

/** Only scripts far wider than Latin go below `SHEET.minScale`. Down to here it is still a page, not a fault. */
const LAST_SCALE = 0.5;
const STEP = 0.025;

/**
 * @param level of the questions' headings
 * @throws AlmanacError `render` when the other blocks leave no room for the answers
 */
export function layOutSheet(layout: Layout, blocks: readonly Block[], level: number): Placed[] {
  const fixed: Box[] = [];
  const answers: PlannedAnswer[] = [];
  const order: (Box | PlannedAnswer)[] = [];
  for (const run of runsOf(blocks)) {
    if (run.kind === 'answer') {
      const answer = planAnswer(layout, run.block, level);
      answers.push(answer);
      order.push(answer);
    } else {
      const styles = {
        ...HEADINGS,
        scale: 0.94,
        align: 'left',
        maxFigure: 140,
        questionLevel: level,
      } as const;
      const boxes = blockBoxes(layout, run.blocks, styles, noContents);
      fixed.push(...boxes);
      order.push(...boxes);
    }
  }
  const { top, bottom } = layout.frame;
  const taken = fixed.reduce(
    (sum, box) => sum + box.height + (box === order[0] ? 0 : box.before),
    0,
  );
  const fit = fitAnswers(layout, answers, bottom - top - taken);
  return place(order, fit, layout);
}

function noContents(): never {
  throw new AlmanacError('render', 'a sheet cannot hold a contents block');
}

type Run =
  | { kind: 'answer'; block: Extract<Block, { kind: 'answer' }> }
  | { kind: 'fixed'; blocks: Block[] };

function runsOf(blocks: readonly Block[]): Run[] {
  const runs: Run[] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (block.kind === 'answer') runs.push({ kind: 'answer', block });
    else if (last?.kind === 'fixed') last.blocks.push(block);
    else runs.push({ kind: 'fixed', blocks: [block] });
  }
  return runs;
}

const QUESTION: TextStyle = { ...STYLES.question, size: SHEET.question, leading: 13, before: 0 };
const ANSWER: TextStyle = { ...STYLES.body, size: SHEET.answer, leading: 14, before: 0 };

function planAnswer(
  layout: Layout,
  block: Extract<Block, { kind: 'answer' }>,
  level: number,
): PlannedAnswer {
  const { fonts, tree, section } = layout;
  const question = settingOf(fonts, block.question, QUESTION);
  return {
    question:
      question.words.length === 0
        ? []
        : [{ element: tree.element(`H${level}`, section), setting: question, style: QUESTION }],
    paragraphs: settingsOf(fonts, block.text, ANSWER).map((setting) => ({
      element: tree.element('P', section),
      setting,
      style: ANSWER,
    })),
  };
}

interface SetPiece {
  element: Element;
  lines: Lines;
}
interface Fit {
  gap: number;
  pieces: Map<PlannedAnswer, SetPiece[]>;
}

function fitAnswers(layout: Layout, answers: readonly PlannedAnswer[], room: number): Fit {
  const whole = tryScale(layout, answers, room, 1);
  if (whole !== null) return whole;
  // bisects for the largest scale that fits: a larger one never needs less room
  let fits = LAST_SCALE;
  let tooLarge = 1;
  let best = tryScale(layout, answers, room, LAST_SCALE);
  if (best === null) {
    throw new AlmanacError(
      'render',
      'the sheet does not fit on its page even at the smallest size',
    );
  }
  while (tooLarge - fits > STEP) {
    const middle = (fits + tooLarge) / 2;
    const tried = tryScale(layout, answers, room, middle);
    if (tried === null) {
      tooLarge = middle;
    } else {
      fits = middle;
      best = tried;
    }
  }
  return best;
}

/** Breaks every answer at one size. The leading fills the room within its bounds. */
function tryScale(
  layout: Layout,
  answers: readonly PlannedAnswer[],
  room: number,
  scale: number,
): Fit | null {
  const size = SHEET.answer * scale;
  const tightest = scale > SHEET.minScale ? SHEET.close : SHEET.tight;
  const pieces = new Map<PlannedAnswer, SetPiece[]>();
  let lines = 0;
  for (const answer of answers) {
    const set = [...answer.question, ...answer.paragraphs].map(({ element, setting, style }) => {
      const smaller = { ...style, size: style.size * scale };
      return { element, lines: breakLines(layout.fonts, setting, smaller, layout.frame.column) };
    });
    for (const piece of set) lines += piece.lines.ends.length;
    pieces.set(answer, set);
  }
  let gap = SHEET.gap * size;
  const leading = Math.min(SHEET.loose * size, (room - gap * answers.length) / lines);
  if (leading < tightest * size) return null;
  gap = Math.min(SHEET.maxGap * size, (room - leading * lines) / Math.max(1, answers.length));
  for (const { lines: set } of [...pieces.values()].flat()) set.style = { ...set.style, leading };
  return { gap, pieces };
}

function place(order: readonly (Box | PlannedAnswer)[], fit: Fit, layout: Layout): Placed[] {
  const placed: Placed[] = [];
  const { left, column } = layout.frame;
  let y = layout.frame.top;
  for (const item of order) {
    if ('draw' in item) {
      if (placed.length > 0) y += item.before;
      placed.push({ box: item, top: y });
      y += item.height;
      continue;
    }
    if (placed.length > 0) y += fit.gap;
    for (const { element, lines } of fit.pieces.get(item) ?? []) {
      const box = textBox(element, lines, { x: left, width: column });
      placed.push({ box, top: y });
      y += box.height;
    }
  }
  return placed;
}
