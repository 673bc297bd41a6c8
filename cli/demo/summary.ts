/** The figures of a finished order, read from the store: `out/summary.json` and the table. */
import type { ModelCall } from '../../src/domain/model-call.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { Report } from '../../src/domain/report.ts';

export interface ReportSummary {
  product: string;
  sections: number;
  answers: number;
  calls: number;
  repeatedCalls: number;
  pages: number;
  bytes: number;
  costUsd: number;
  seconds: number;
  file: string;
}

/** @param file where the PDF was copied to */
export async function summarise(
  store: Store,
  report: Report,
  file: string,
): Promise<ReportSummary> {
  let sections = 0;
  let answers = 0;
  for await (const section of store.sections.read(report)) {
    sections += 1;
    answers += section.answers.length;
  }
  const calls = await store.modelCalls.ofReport(report.id);
  const costMicros = calls.reduce((sum, call) => sum + call.costMicros, 0);
  const milliseconds = Date.parse(report.settledAt ?? '') - Date.parse(report.createdAt);
  return {
    product: report.productId,
    sections,
    answers,
    calls: calls.length,
    repeatedCalls: countRepeated(calls),
    pages: report.pdf?.pages ?? 0,
    bytes: report.pdf?.bytes ?? 0,
    costUsd: Math.round(costMicros / 100) / 10_000,
    seconds: Math.round(milliseconds / 100) / 10,
    file,
  };
}

/** Calls that asked for an answer that an earlier call of the same edition had validly given. */
export function countRepeated(calls: readonly ModelCall[]): number {
  const answered = new Set<string>();
  let repeated = 0;
  for (const call of calls) {
    const key = (id: string) => `${call.edition} ${id}`;
    if (call.asked.some((id) => answered.has(key(id)))) repeated += 1;
    for (const id of call.answered) answered.add(key(id));
  }
  return repeated;
}

export function asTable(reports: readonly ReportSummary[]): string {
  const head = ['report', 'sections', 'answers', 'calls', 'repeated', 'pages', 'MB', 'USD', 's'];
  const rows = reports.map((each) => [
    each.product,
    each.sections,
    each.answers,
    each.calls,
    each.repeatedCalls,
    each.pages,
    (each.bytes / 1e6).toFixed(1),
    each.costUsd.toFixed(2),
    each.seconds.toFixed(1),
  ]);
  const lines = [head, ...rows].map((row) =>
    row.map((cell, column) => pad(String(cell), column)).join('  '),
  );
  return lines.join('\n');
}

function pad(cell: string, column: number): string {
  return column === 0 ? cell.padEnd(20) : cell.padStart(8);
}
