import { expect, test } from 'vitest';
import { createLog } from '../../src/telemetry/log.ts';

function capture(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  const log = createLog(
    { level: 'info', pretty: false, process: 'test' },
    { write: (line: string) => void lines.push(line) },
  );
  write(log);
  return lines.join('');
}

test('one event is one JSON line with its ids and its duration', () => {
  const line = capture((log) => log.info({ orderId: 'ord_1', step: 3, ms: 12 }, 'step saved'));
  expect(JSON.parse(line)).toMatchObject({
    level: 'info',
    process: 'test',
    orderId: 'ord_1',
    step: 3,
    ms: 12,
    msg: 'step saved',
  });
});

test('personal data, tokens and keys are redacted wherever they are in the line', () => {
  const line = capture((log) =>
    log.info({
      email: 'ada@example.com',
      order: { email: 'ada@example.com', subject: { birth: { name: 'Ada Moreau' } } },
      request: { headers: { authorization: 'Bearer secret-token', cookie: 'a=secret-token' } },
      accessToken: 'secret-token',
      config: { apiKey: 'sk-secret-token' },
    }),
  );
  expect(line).not.toMatch(/ada@|Ada|secret-token/);
  expect(line).toContain('[redacted]');
});

test('an error is logged with code, message, stack and cause, and without its other fields', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new Error('no answer', { cause }), {
    code: 'mail_unavailable',
    request: { body: 'Ada Moreau' },
  });
  const logged = JSON.parse(capture((log) => log.error({ err: error }, 'send failed')));
  expect(logged.err).toMatchObject({
    code: 'mail_unavailable',
    message: 'no answer',
    cause: { code: 'ECONNREFUSED' },
  });
  expect(JSON.stringify(logged)).not.toContain('Ada');
});
