/**
 * One JSON line per event, with only ids, states, counts and durations. As a last defence, anything
 * that could name a person or open a door is removed here, wherever it is in the line.
 */
import pino from 'pino';

export type Log = pino.Logger;

const SECRET_FIELDS = [
  'email',
  'to',
  'name',
  'birth',
  'subject',
  'place',
  'latitude',
  'longitude',
  'token',
  'accessToken',
  'authorization',
  'cookie',
  'apiKey',
  'key',
  'password',
  'secret',
  'checkoutUrl',
  'url',
  'answers',
  'raw',
  'text',
  'prompt',
];

/** @param destination where lines go; standard output when left out */
export function createLog(
  options: { level: string; pretty: boolean; process: string },
  destination?: pino.DestinationStream,
): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { process: options.process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
  };
  if (destination) return pino(settings, destination);
  if (!options.pretty || !isInstalled('pino-pretty')) return pino(settings);
  return pino({
    ...settings,
    transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } },
  });
}

/** Only code, message and stack: other fields of provider errors hold requests, with persons and keys. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type: error.name, code, message: error.message, stack: error.stack, cause };
}

/** A development package: images do not have it. */
function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
}
