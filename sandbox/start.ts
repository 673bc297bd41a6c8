/** The sandbox: stand-ins of OpenAI, Stripe, SendGrid and Vercel Blob that speak real HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBlob } from './blob/blob.ts';
import { startOpenai } from './openai/openai.ts';
import { startSendgrid } from './sendgrid/sendgrid.ts';
import { startStripe } from './stripe/stripe.ts';
import type { Listening } from './wire/server.ts';

export interface SandboxOptions {
  /** default 127.0.0.1 */
  host?: string;
  /** 0, the default, picks a free port */
  ports?: Partial<Record<StandIn, number>>;
  /** mean time of a model's answer, milliseconds; default 0: no wait */
  latencyMs?: number;
  /** for random faults; default 1 */
  seed?: number;
  /** where Stripe's events go; default nowhere */
  webhookUrl?: string;
  /** where SendGrid's events go; default nowhere */
  mailWebhookUrl?: string;
  /** default `whsec_sandbox` */
  webhookSecret?: string;
  /** where people reach a stand-in, if different from where it listens: used in the pay page's links */
  publicUrls?: { stripe?: string };
  /** folder for the blobs, kept afterwards; by default a temporary one, removed at close */
  dataDir?: string;
}
export type StandIn = 'openai' | 'stripe' | 'sendgrid' | 'blob';

export interface Sandbox {
  /** Origins, which also serve `/_sandbox/...`. The OpenAI SDK's base URL is `${urls.openai}/v1`. */
  urls: Record<StandIn, string>;
  close(): Promise<void>;
}

/** @throws when a port is taken; then nothing keeps listening */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { ports = {}, seed = 1, host = '127.0.0.1' } = options;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'almanac-blobs-')));
  const at = (name: StandIn) => ({ host, seed, port: ports[name] ?? 0 });
  const started = await Promise.allSettled([
    startOpenai({ ...at('openai'), latencyMs: options.latencyMs ?? 0 }),
    startStripe({
      ...at('stripe'),
      webhookUrl: options.webhookUrl ?? null,
      webhookSecret: options.webhookSecret ?? 'whsec_sandbox',
      publicUrl: options.publicUrls?.stripe ?? null,
    }),
    startSendgrid({ ...at('sendgrid'), webhookUrl: options.mailWebhookUrl ?? null }),
    startBlob({ ...at('blob'), dataDir }),
  ]);
  const close = async (): Promise<void> => {
    await Promise.all(started.map(async (one) => one.status === 'fulfilled' && one.value.close()));
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const [openai, stripe, sendgrid, blob] = started.map(urlOf);
  if (openai && stripe && sendgrid && blob)
    return { urls: { openai, stripe, sendgrid, blob }, close };
  await close();
  throw started.find((one) => one.status === 'rejected')?.reason;
}

function urlOf(started: PromiseSettledResult<Listening>): string | null {
  return started.status === 'fulfilled' ? started.value.url : null;
}
