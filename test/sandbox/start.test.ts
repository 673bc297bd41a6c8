import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start.ts';
import { orderFault } from './control.ts';

const FREE = {
  SANDBOX_OPENAI_PORT: '0',
  SANDBOX_STRIPE_PORT: '0',
  SANDBOX_SENDGRID_PORT: '0',
  SANDBOX_BLOB_PORT: '0',
};

function start(environment: Record<string, string>) {
  return fork('sandbox/main.ts', [], {
    env: { PATH: process.env.PATH, ...environment },
    silent: true,
  });
}

describe('the sandbox as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints its URLs, serves, and exits 0 on %s',
    async (signal) => {
      const child = start(FREE);
      const [line] = await once(child.stdout ?? child, 'data');
      const { urls } = JSON.parse(String(line));
      expect(Object.keys(urls).sort()).toEqual(['blob', 'openai', 'sendgrid', 'stripe']);
      for (const url of Object.values<string>(urls)) {
        expect((await fetch(`${url}/_sandbox/journal`)).status).toBe(200);
      }
      const exit = once(child, 'exit');
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
    },
  );

  it('sends its URLs to the process that forked it, and ends with it', async () => {
    const child = start(FREE);
    const [message] = await once(child, 'message');
    expect(message).toMatchObject({
      urls: { openai: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    });
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it.each(['OPENAI', 'BLOB'])(
    'prints one clear line and exits 1 if the port of %s is taken',
    async (name) => {
      const sandbox = await startSandbox();
      const { port } = new URL(name === 'BLOB' ? sandbox.urls.blob : sandbox.urls.openai);
      const child = start({ ...FREE, [`SANDBOX_${name}_PORT`]: port });
      const lines: string[] = [];
      child.stderr?.on('data', (chunk) => lines.push(String(chunk)));
      expect(await once(child, 'close')).toEqual([1, null]);
      expect(lines.join('')).toMatch(new RegExp(`^The sandbox cannot start: .*${port}.*\\n$`));
      await sandbox.close();
    },
  );
});

describe('startSandbox', () => {
  it('closes at once even if an answer is stalled', async () => {
    const sandbox = await startSandbox();
    await orderFault(sandbox.urls.openai, { kind: 'stalled_body' });
    const response = await fetch(`${sandbox.urls.openai}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-sandbox' },
      body: JSON.stringify({ model: 'gpt-4o', messages: [] }),
    });
    expect(response.status).toBe(200);
    await sandbox.close();
    await expect(response.text()).rejects.toThrow();
    await expect(fetch(sandbox.urls.openai)).rejects.toThrow();
  });
});
