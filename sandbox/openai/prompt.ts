/** Reads a request as the model would: the person, the questions, and the length of the answers. */
import { isObject } from '../wire/messages.ts';

export interface AskedQuestion {
  id: string;
  text: string;
}

export interface AskedGroup {
  title: string;
  facts: string[];
  questions: AskedQuestion[];
}

export interface Prompt {
  model: string;
  /** all messages, as counted for tokens */
  text: string;
  person: string[];
  groups: AskedGroup[];
  /** characters */
  length: { min: number; max: number };
  /** tokens; null: no limit */
  maxTokens: number | null;
  /** how much the model thinks; null: as much as its family does by itself */
  effort: string | null;
  cache: CacheWish;
  /** whether the answer must be JSON that follows a schema */
  structured: boolean;
}

/** Where a prompt may be cached, in families that cache up to marks. */
export interface CacheWish {
  /** characters of `text` before each mark of the caller's */
  marks: number[];
  /** the caller marks all places itself */
  explicit: boolean;
}

const DEFAULT_LENGTH = { min: 400, max: 800 };

export function readPrompt(body: Record<string, unknown>): Prompt {
  const messages = Array.isArray(body.messages) ? body.messages.filter(isObject) : [];
  const user = messages.filter((message) => message.role === 'user').map(contentOf);
  const all = messages.map(contentOf);
  const text = all.join('\n');
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  return {
    model: typeof body.model === 'string' ? body.model : '',
    text,
    ...readQuestions(user.join('\n')),
    length: readLength(all),
    maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    effort: typeof body.reasoning_effort === 'string' ? body.reasoning_effort : null,
    cache: { marks: marksOf(messages), explicit: isExplicit(body.prompt_cache_options) },
    structured: isObject(body.response_format) && body.response_format.type === 'json_schema',
  };
}

function isExplicit(options: unknown): boolean {
  return isObject(options) && options.mode === 'explicit';
}

function marksOf(messages: Record<string, unknown>[]): number[] {
  const marks: number[] = [];
  let before = 0;
  for (const message of messages) {
    const parts = Array.isArray(message.content) ? message.content.filter(isObject) : [];
    let at = before;
    for (const part of parts) {
      at += typeof part.text === 'string' ? part.text.length : 0;
      if (part.prompt_cache_breakpoint !== undefined) marks.push(at);
    }
    before += contentOf(message).length + 1;
  }
  return marks;
}

function contentOf(message: Record<string, unknown>): string {
  if (typeof message.content === 'string') return message.content;
  if (!Array.isArray(message.content)) return '';
  return message.content
    .filter(isObject)
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .join('');
}

/** `# The person` with `- fact` lines; `## title` with `- fact` and `[id] question` lines. */
function readQuestions(text: string): { person: string[]; groups: AskedGroup[] } {
  const person: string[] = [];
  const groups: AskedGroup[] = [];
  let inPerson = false;
  let group: AskedGroup | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('## ')) {
      group = { title: line.slice(3).trim(), facts: [], questions: [] };
      groups.push(group);
      inPerson = false;
    } else if (line.startsWith('# ')) {
      inPerson = /person/i.test(line);
      group = undefined;
    } else if (line.startsWith('- ')) {
      if (inPerson) person.push(line.slice(2).trim());
      else group?.facts.push(line.slice(2).trim());
    } else {
      const asked = /^\[([\w.:-]+)\]\s*(.*)$/.exec(line);
      if (asked?.[1] === undefined) continue;
      if (group === undefined) {
        group = { title: '', facts: [], questions: [] };
        groups.push(group);
      }
      group.questions.push({ id: asked[1], text: asked[2] ?? '' });
    }
  }
  return { person, groups };
}

function readLength(messages: string[]): { min: number; max: number } {
  for (const message of messages) {
    const found = /between\s+([\d,]+)\s+and\s+([\d,]+)\s+characters/i.exec(message);
    const [min, max] = [found?.[1], found?.[2]].map((digits) =>
      Number(digits?.replaceAll(',', '')),
    );
    if (min !== undefined && max !== undefined && min > 0 && max >= min) return { min, max };
  }
  return DEFAULT_LENGTH;
}
