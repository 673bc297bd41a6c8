/** The two messages of a model call. What stays the same comes first, so that prompt caching applies. */
import type { CallPlan, QuestionGroup, StepPlan } from '../domain/call-plan.ts';

export interface PromptParts {
  plan: Pick<CallPlan, 'system' | 'person'>;
  step: Pick<StepPlan, 'instructions' | 'groups'>;
  digest: string | null;
  /** ids to ask for; groups with none of them are left out */
  ids: readonly string[];
  /** what was wrong before, when asking again; comes last, after everything that a cache may keep */
  note: string | null;
}

export interface Prompt {
  system: string;
  user: string;
  /**
   * characters of `user`, from its beginning, that the report's other steps share with it and all that is before
   * it; 0 where each step has a system message of its own
   */
  shared: number;
}

export function buildPrompt({ plan, step, digest, ids, note }: PromptParts): Prompt {
  const asked = new Set(ids);
  const person = `# The person\n${plan.person.map(fact).join('\n')}\n\n`;
  const parts = [
    digest === null
      ? null
      : `# The thread so far\nThe report said this just before. Carry it on without repeating it.\n${quote(digest)}`,
    `# Questions\n${step.groups.flatMap((group) => writeGroup(group, asked)).join('\n\n')}`,
    note === null ? null : `# Note\n${note}`,
  ];
  return {
    system: [plan.system, step.instructions].filter((part) => part !== '').join('\n\n'),
    user: person + parts.filter((part) => part !== null).join('\n\n'),
    shared: step.instructions === '' ? person.length : 0,
  };
}

function writeGroup(group: QuestionGroup, asked: ReadonlySet<string>): string[] {
  const questions = group.questions.filter((question) => asked.has(question.id));
  if (questions.length === 0) return [];
  return [
    [
      `## ${oneLine(group.title)}`,
      ...group.facts.map(fact),
      ...questions.map((question) => `[${question.id}] ${oneLine(question.text)}`),
    ].join('\n'),
  ];
}

/** A model's answers: none of their lines may look like one of our headings or questions. */
function quote(text: string): string {
  return text.replace(/^/gm, '> ');
}

function fact(text: string): string {
  return `- ${oneLine(text)}`;
}

/** A fact may hold the customer's own words: a line break in them must not begin a new line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
