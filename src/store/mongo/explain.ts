/** Tells faults of the connection or the server, which pass, from our own faults. */
import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
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

function passes(error: Error): boolean {
  if (error instanceof MongoError) {
    return (
      AWAY.some((kind) => error instanceof kind) ||
      error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)
    );
  }
  return 'code' in error && typeof error.code === 'string' && SOCKET_FAULTS.has(error.code);
}
