/** One request of a customer, from the customer's own address, because the API counts requests per address. */
import { request } from 'node:http';
import { json } from 'node:stream/consumers';

export interface Sent {
  method?: 'POST' | 'GET' | 'DELETE';
  headers?: Record<string, string>;
  body?: object;
  /** 1 to 250; each sends from its own loopback address */
  customer: number;
}

const ANSWER_MS = 10_000;

/** POST, unless it says otherwise. @returns the answer's JSON. @throws if there is no answer, or its status is not 2xx */
export async function send(
  url: string,
  { method = 'POST', headers = {}, body, customer }: Sent,
): Promise<unknown> {
  const text = body && JSON.stringify(body);
  const answer = Promise.withResolvers<unknown>();
  const sent = request(url, {
    method,
    localAddress: `127.0.1.${customer}`,
    agent: false,
    headers: { ...(text && { 'content-type': 'application/json' }), ...headers },
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  sent.on('error', answer.reject); // a late abort may follow the first error
  sent.once('response', async (response) => {
    response.on('error', answer.reject);
    const said = await json(response).catch(() => null);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) answer.resolve(said);
    else answer.reject(new Error(`${url} answered ${status}: ${JSON.stringify(said)}`));
  });
  sent.end(text);
  return answer.promise;
}
