/** Tells faults of the connection or the server, which pass, from our own faults. */
import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { TransientFault } from '../../domain/errors.ts';

const AWAY = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoWriteConcernError, // written, but not yet known to be durable
  MongoNotConnectedError,
  MongoTopologyClosedError,
];

/**
 * Of a read, while another server becomes the primary. The driver asks once more by itself, but not for the later
 * parts of a listing; the errors of writes carry its label. From MongoDB's specification of retryable reads.
 */
const ELECTION = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  89, // NetworkTimeout
  91, // ShutdownInProgress
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9_001, // SocketException
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_602, // InterruptedDueToReplStateChange
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
]);

/** The server lost the place of a listing, or somebody ended it there. It can be read again at once. */
const LOST_PLACE = new Set([
  43, // CursorNotFound
  175, // QueryPlanKilled
  237, // CursorKilled
  11_601, // Interrupted
]);

/** If a connection closes while we write to it, the error is one of Node's own. */
const SOCKET_FAULTS = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTCONN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** @returns TransientFault `store_unavailable` for what passes by itself, otherwise the error unchanged */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !passes(error)) return error;
  return new TransientFault('store_unavailable', `MongoDB does not answer: ${error.message}`, {
    cause: error,
  });
}

/** @returns whether a listing broke off that can be read again at once */
export function lostItsPlace(error: unknown): boolean {
  return error instanceof MongoServerError && LOST_PLACE.has(Number(error.code));
}

function passes(error: Error): boolean {
  if (error instanceof MongoError) {
    return (
      lostItsPlace(error) ||
      (error instanceof MongoServerError && ELECTION.has(Number(error.code))) ||
      AWAY.some((kind) => error instanceof kind) ||
      error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)
    );
  }
  return 'code' in error && typeof error.code === 'string' && SOCKET_FAULTS.has(error.code);
}
