/** `Idempotency-Key`: repeats the first answer, even while the first is still being made. */
import { isObject, RequestFault } from '../wire/messages.ts';
import { stripeFault } from './objects.ts';

export interface Answered {
  status: number;
  body: unknown;
  /** the first answer to this key, once more */
  replayed?: boolean;
}

export type Once = (
  key: string | null,
  request: string,
  make: () => Promise<Answered>,
) => Promise<Answered>;

/** Like Stripe, keeps answers of 500 and above, but not a 4xx from validation. */
export function createOnce(): Once {
  const kept = new Map<string, { request: string; answer: Promise<Answered> }>();
  return async (key, request, make) => {
    if (key === null) return make();
    const found = kept.get(key);
    if (found === undefined) {
      const answer = make();
      kept.set(key, { request, answer });
      // a request that never got an answer may be sent again
      answer.catch((error: unknown) => {
        if (!(error instanceof RequestFault) || error.status < 500) kept.delete(key);
      });
      return answer;
    }
    if (found.request !== request) {
      throw stripeFault(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
        { type: 'idempotency_error' },
      );
    }
    const { status, body } = await found.answer;
    return { status, body: isObject(body) ? { ...body } : body, replayed: true };
  };
}
