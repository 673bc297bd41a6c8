/** Tells faults of the connection or the server, which pass, from faults of ours. */
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

/** A connection that closes while it is being written to comes through as Node's own error. */
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

/** @returns TransientFault `store_unavailable` for what passes by itself, else the error as it is */
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
