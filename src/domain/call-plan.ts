/** A product's model calls as data: what to ask, never how. `llm/` asks them. */

/** One question; its id is the answer's id, unique within the report. */
export interface Question {
  id: string;
  text: string;
}

/** Questions that share a heading and facts: a period of the horoscope, a theme, a chapter. */
export interface QuestionGroup {
  title: string;
  /** one fact per line, in the stable compact form that answers may cite */
  facts: string[];
  /** each answer must name something from its facts, or it is asked for again */
  cites?: boolean;
  questions: Question[];
}

/** One step: one model call. */
export interface StepPlan {
  /** 1-based */
  step: number;
  /** steps whose sections must be stored before this one is asked: lower numbers, each once */
  needs: readonly number[];
  /** who speaks, where the product has several voices: the agent's name */
  voice: string;
  /** appended to the report's system prompt for this voice; empty for products with one voice */
  instructions: string;
  groups: QuestionGroup[];
}

/** Everything a report asks. `system` is the same in all its calls, so that prompt caching applies. */
export interface CallPlan {
  system: string;
  /** the person and the chart, one fact per line */
  person: string[];
  steps: StepPlan[];
  /**
   * What a step quotes of the steps that it needs: of the answers in their stored sections, lower steps first. So a
   * resumed run asks what the first would have asked, whatever ran beside it. null where no step quotes another
   */
  digest: ((needed: readonly Answer[], step: StepPlan) => string) | null;
}

/** One question's (or chapter's) text inside a section. */
export interface Answer {
  id: string;
  text: string;
}

export function questionsOf(step: StepPlan): Question[] {
  return step.groups.flatMap((group) => group.questions);
}
