/** The last check before anything is drawn: every planned answer is there, and nothing else. */
import { type CallPlan, questionsOf } from '../src/domain/call-plan.ts';
import { AlmanacError } from '../src/domain/errors.ts';
import type { Report } from '../src/domain/report.ts';
import type { SectionStore } from '../src/domain/section.ts';

/** @throws AlmanacError `not_whole` naming the first step that differs from the plan: our own bug */
export async function checkWhole(
  sections: Pick<SectionStore, 'read'>,
  report: Report,
  plan: CallPlan,
): Promise<void> {
  let steps = 0;
  let answers = 0;
  for await (const section of sections.read(report)) {
    const step = plan.steps[steps];
    steps += 1;
    const wanted = step ? questionsOf(step).map((question) => question.id) : [];
    const found = section.answers.map((answer) => answer.id);
    answers += found.length;
    if (section.step !== step?.step || found.join() !== wanted.join()) {
      throw notWhole(report, `step ${section.step} does not hold the answers that were planned`);
    }
  }
  if (steps !== report.steps || answers !== report.answers) {
    throw notWhole(
      report,
      `${steps} of ${report.steps} sections, ${answers} of ${report.answers} answers`,
    );
  }
}

function notWhole(report: Report, what: string): AlmanacError {
  return new AlmanacError('not_whole', `${report.id} is not whole: ${what}`);
}
