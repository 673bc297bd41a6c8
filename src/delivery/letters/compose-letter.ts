/** The letters that we send: which writer each kind has, and one layout for all. */
import { AlmanacError } from '../../domain/errors.ts';
import type { ComposeAlert, ComposeLetter, Letter, LetterData } from '../../domain/ports/work.ts';
import type { Body } from './body.ts';
import { corrected } from './corrected.ts';
import { delayed } from './delayed.ts';
import { asHtml, asText } from './layout.ts';
import { ready } from './ready.ts';
import { received } from './received.ts';
import { refunded } from './refunded.ts';
import { reissued } from './reissued.ts';

const WRITERS: Readonly<Record<string, (data: LetterData) => Body>> = {
  received,
  delayed,
  corrected,
  ready,
  refunded,
  reissued,
};

/** @throws AlmanacError `letter_kind` for a kind that has no letter to a customer */
export const composeLetter: ComposeLetter = (kind, key, data) => {
  const write = WRITERS[kind];
  if (!write) throw new AlmanacError('letter_kind', `there is no letter of kind ${kind}`);
  const footer = `Order ${data.order.id}. Questions, or not your order? Just reply to this e-mail.`;
  return letterOf(data.order.email, key, write(data), footer);
};

export const composeAlert: ComposeAlert = ({ to, key, note, statusUrl }) => {
  const [first = '', ...paragraphs] = note.split('\n');
  const body = {
    subject: `Almanac alert: ${first}`,
    heading: `${first.charAt(0).toUpperCase()}${first.slice(1)}`,
    paragraphs,
    links: [],
    closing: [],
    action: statusUrl === null ? null : { label: 'Open the queues', url: statusUrl },
  };
  return letterOf(
    to,
    key,
    body,
    'You get one alert for each cause, and one more when what lasts is over.',
  );
};

/** @param footer small print below everything */
function letterOf(to: string, key: string, body: Body, footer: string): Letter {
  return { to, key, subject: body.subject, text: asText(body, footer), html: asHtml(body, footer) };
}
