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

/** @returns TransientFault `store_unavailable` for what passes by itself, else the error as it is */
export function explain(error: unknown): unknown {
  if (!(error instanceof MongoError)) return error;
  const passes =
    AWAY.some((kind) => error instanceof kind) ||
    error.hasErrorLabel(MongoErrorLabel.RetryableWriteError);
  if (!passes) return error;
  return new TransientFault('store_unavailable', `MongoDB does not answer: ${error.message}`, {
    cause: error,
  });
}
