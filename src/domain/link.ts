/** Links: how a customer opens a report without signing in. */
import type { Report } from './report.ts';

/** The customer's link to one report. Its token is derived from id and generation, never stored. */
export interface Link {
  /** `lnk_` and the report's id: one link per report */
  id: string;
  orderId: string;
  reportId: string;
  /** raised to revoke earlier tokens */
  generation: number;
  expiresAt: string;
  downloads: number;
  /** of the downloads; left out: none, or before these were kept */
  firstDownloadAt?: string | null;
  lastDownloadAt?: string | null;
  createdAt: string;
}

export function linkIdOf(reportId: string): string {
  return `lnk_${reportId}`;
}

/** @param expiresAt ISO 8601 */
export function newLink(
  report: Pick<Report, 'id' | 'orderId'>,
  expiresAt: string,
  now: Date,
): Link {
  return {
    id: linkIdOf(report.id),
    orderId: report.orderId,
    reportId: report.id,
    generation: 1,
    expiresAt,
    downloads: 0,
    createdAt: now.toISOString(),
  };
}

export interface LinkStore {
  /** Inserts the link unless its id exists. @returns the link that is stored */
  ensure(link: Link): Promise<Link>;
  find(id: string): Promise<Link | null>;
  ofOrder(orderId: string): Promise<Link[]>;
  countDownload(id: string, at: Date): Promise<void>;
  /** Revokes earlier tokens, and makes the link valid until `expiresAt`. */
  renew(link: Pick<Link, 'id' | 'orderId'>, expiresAt: string): Promise<Link | null>;
}
