/** What OpenAI says in an error's body, checked before it is believed. */
import type OpenAI from 'openai';
import { z } from 'zod';

type APIError = InstanceType<typeof OpenAI.APIError>;

export interface ProviderError {
  /** it is not the provider's own, which is JSON with an `error`, but comes from a proxy before it */
  fromProxy: boolean;
  /** code, else type, in a form that may be logged: never free text */
  code: string;
  /** waiting does not help: no money, or the account or organization is closed */
  account: boolean;
  /** the request asks for more than the limit ever allows, so waiting does not help */
  aboveLimit: boolean;
  /** it says that there is no such model, or no longer; not only that nothing is at this address */
  modelGone: boolean;
}

const text = z.string().catch('');
const errorSchema = z.object({ message: text, type: text, code: text });

export function readProviderError(error: APIError): ProviderError {
  const parsed = errorSchema.safeParse(error.error);
  const { message, type, code } = parsed.data ?? { message: '', type: '', code: '' };
  return {
    // a bare 401 is a refused key all the same
    fromProxy: !parsed.success && (error.status !== 401 || isPage(error)),
    code: [code, type].find((each) => /^\w{1,60}$/.test(each)) ?? 'no code',
    account:
      (error.status === 402 && parsed.success) ||
      [code, type].some((each) => ACCOUNT_CODE.test(each)) ||
      ACCOUNT_MESSAGE.test(message),
    aboveLimit: error.status === 429 && isAboveLimit(message),
    modelGone:
      [code, type].some((each) => MODEL_CODE.test(each)) ||
      ([404, 410].includes(error.status ?? 0) && MODEL_MESSAGE.test(message)),
  };
}

const ACCOUNT_CODE =
  /(^|_)(quota|billing|payment|credits?)(_|$)|^(account|organization|project)_\w*(restricted|deactivated|disabled|suspended|inactive|archived|not_active)|^access_terminated$/;
const MODEL_CODE = /^model_(not_found|not_exist|deprecated|retired|removed|shut_?down)$/;
const MODEL_MESSAGE =
  /\bmodel\b.{0,120}\b(does not exist|not found|deprecated|retired|no longer|shut ?down)\b/i;
// whole phrases of the provider's: the message of a 400 may quote the prompt
const ACCOUNT_MESSAGE =
  /exceeded your current quota|billing hard limit|(organization|account|project) (has been|is) (restricted|deactivated|disabled|suspended|archived|not active)/i;

/** "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000." */
function isAboveLimit(message: string): boolean {
  if (/\brequest too large\b/i.test(message)) return true;
  const limit = numberAfter('Limit', message);
  const requested = numberAfter('Requested', message);
  return limit === 0 || (limit !== null && requested !== null && requested > limit);
}

function numberAfter(word: string, message: string): number | null {
  const found = new RegExp(`\\b${word}:? (\\d[\\d,]*)`, 'i').exec(message)?.[1];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

function isPage({ headers, message }: APIError): boolean {
  return /\bhtml\b/i.test(headers?.get('content-type') ?? '') || /^\d{3} \s*</.test(message);
}
