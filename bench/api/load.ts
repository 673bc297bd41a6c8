/** Load over HTTP: each connection sends its next request when the last one was answered. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Measured {
  rps: number;
  p99Ms: number;
  /** number of answers by status */
  statuses: Record<number, number>;
  bodies: string[];
}

export async function fire(
  origin: string,
  shots: readonly Shot[],
  connections: number,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const statuses: Record<number, number> = {};
  const bodies: string[] = [];
  let next = 0;

  async function lane(): Promise<void> {
    for (let index = next++; index < shots.length; index = next++) {
      const shot = shots[index];
      if (!shot) return;
      const begun = performance.now();
      const { status, body } = await post(origin, shot, agent);
      times.push(performance.now() - begun);
      statuses[status] = (statuses[status] ?? 0) + 1;
      bodies[index] = body;
    }
  }

  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - begun) / 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const p99Ms = times[Math.floor(times.length * 0.99)] ?? 0;
  return { rps: shots.length / seconds, p99Ms, statuses, bodies };
}

function post(
  origin: string,
  { path, headers, body }: Shot,
  agent: Agent,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const options = {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
    };
    const sent = request(`${origin}${path}`, options, (response) => {
      text(response).then((answer) => {
        resolve({ status: response.statusCode ?? 0, body: answer });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
