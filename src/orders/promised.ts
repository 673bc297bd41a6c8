/** When customers are promised their reports. Being late fails nothing: it is told, to the customer and to an operator. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { Report } from '../domain/report.ts';

/**
 * @param from the end of the grace, or payment; ISO 8601
 * @returns null when this build lacks the report's version, or for a time that cannot be read
 */
export function promisedAt(
  report: Pick<Report, 'productId' | 'version'>,
  from: string,
  catalogue: Pick<Catalogue, 'definition'>,
): Date | null {
  const promisedMs = catalogue.definition(report.productId, report.version)?.promisedMs;
  const at = Date.parse(from) + (promisedMs ?? Number.NaN);
  return Number.isNaN(at) ? null : new Date(at);
}
