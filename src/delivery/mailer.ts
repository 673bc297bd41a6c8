/** SendGrid as the Mailer port. It neither retries nor deduplicates: the e-mail rows do. */
import client from '@sendgrid/client';
import mail from '@sendgrid/mail';
import { NeedsOperator, TransientFault } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import type { Mailer } from '../domain/ports/work.ts';

export interface MailerOptions {
  key: string;
  /** the stand-in's address; null: SendGrid's own */
  url: string | null;
  /** `Almanac <reports@almanac.example>` */
  from: string;
  /** where customers' replies go */
  replyTo: string;
  timings: Pick<Timings, 'mailCall'>;
}

/** One per process: the SDK's client is a module-wide object, configured by the last mailer made. */
export function createMailer({ key, url, from, replyTo, timings }: MailerOptions): Mailer {
  mail.setClient(client);
  mail.setApiKey(key); // resets the address to SendGrid's own: set another one after this
  if (url) client.setDefaultRequest('baseUrl', url);
  mail.setTimeout(timings.mailCall);

  return {
    async send(letter) {
      try {
        const [response] = await mail.send({
          to: letter.to,
          from,
          replyTo,
          subject: letter.subject,
          text: letter.text,
          html: letter.html,
          customArgs: { key: letter.key },
          // rewritten links would pass through a third host, whose scanner could use up a click
          trackingSettings: { clickTracking: { enable: false, enableText: false } },
        });
        const id: unknown = response.headers['x-message-id'];
        return { providerId: typeof id === 'string' ? id : null };
      } catch (error) {
        throw asDomainError(error);
      }
    },
  };
}

function asDomainError(error: unknown): Error {
  const status = error instanceof Error && 'code' in error ? Number(error.code) || 0 : 0;
  if (status === 401 || status === 403) {
    return new NeedsOperator('mail_refused', `SendGrid refused the key (${status})`, {
      cause: error,
    });
  }
  if (status >= 400 && status < 500 && status !== 429) {
    return new NeedsOperator('mail_rejected', `SendGrid rejected the message (${status})`, {
      cause: error,
    });
  }
  if (status > 0) {
    return new TransientFault('mail_deferred', `SendGrid answered ${status}`, { cause: error });
  }
  // a refused connection sent nothing; after any other silence the message may be on its way
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const unsent = code === 'ECONNREFUSED' || code === 'ENOTFOUND';
  const fault = unsent ? 'mail_deferred' : 'mail_unavailable';
  return new TransientFault(fault, 'SendGrid did not answer', { cause: error });
}
