/**
 * Runs redis-server, says where it is, and ends it when the process that started this one ends, for
 * whatever reason: two servers on one folder would overwrite each other's data.
 *
 *   node cli/local/redis-guard.ts <folder>
 */
import { spawn } from 'node:child_process';
import { makePrivateFolder } from '../../src/disk/private.ts';
import { freePort } from './ports.ts';
import { answers } from './redis.ts';

const [folder = '.'] = process.argv.slice(2);
makePrivateFolder(folder);
const port = await freePort();
const settings = {
  port: String(port),
  bind: '127.0.0.1',
  dir: folder,
  appendonly: 'yes',
  save: '',
  'maxmemory-policy': 'noeviction', // BullMQ loses jobs under any other
};
const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
const server = spawn('redis-server', args, { stdio: ['ignore', 'inherit', 'inherit'] });

const end = () => server.kill('SIGTERM');
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, end);
server.on('error', (error) => {
  console.error(`redis-server cannot be started: ${error.message}`);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));

const url = `redis://127.0.0.1:${port}`;
if (await answers(url)) process.send?.({ url });
else end();
