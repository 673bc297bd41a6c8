/** Vercel Blob's error answers: the SDK turns each code into its own error. */
import { RequestFault } from '../wire/messages.ts';

export const BLOB_ERRORS = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  precondition_failed: 412,
  rate_limited: 429,
  internal_server_error: 500,
  service_unavailable: 503,
} as const;
export type BlobErrorCode = keyof typeof BLOB_ERRORS;

export function blobFault(code: BlobErrorCode, message: string): RequestFault {
  return new RequestFault(BLOB_ERRORS[code], { error: { code, message } });
}
