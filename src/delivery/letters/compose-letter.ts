/** The letters that go out: which writer a kind has, and one layout for all. */
import { AlmanacError } from '../../domain/errors.ts';
import type { ComposeAlert, ComposeLetter, Letter, LetterData } from '../../domain/ports/work.ts';
import type { Body } from './body.ts';
import { delayed } from './delayed.ts';
import { asHtml, asText } from './layout.ts';
import { ready } from './ready.ts';
import { received } from './received.ts';
import { refunded } from './refunded.ts';
import { reissued } from './reissued.ts';

const WRITERS: Readonly<Record<string, (data: LetterData) => Body>> = {
  received,
  delayed,
  ready,
  refunded,
  reissued,
};

/** @throws AlmanacError `letter_kind` for a kind that has no letter to a customer */
export const composeLetter: ComposeLetter = (kind, key, data) => {
  const write = WRITERS[kind];
  if (!write) throw new AlmanacError('letter_kind', `there is no letter of kind ${kind}`);
  return letterOf(data.order.email, key, write(data));
};

export const composeAlert: ComposeAlert = ({ to, key, note, statusUrl }) =>
  letterOf(to, key, {
    subject: `Almanac alert: ${note.split('\n', 1)[0]}`,
    heading: 'An operator is needed',
    paragraphs: note.split('\n'),
    links: [],
    closing: [],
    action: statusUrl === null ? null : { label: 'Open the queues', url: statusUrl },
  });

function letterOf(to: string, key: string, body: Body): Letter {
  return { to, key, subject: body.subject, text: asText(body), html: asHtml(body) };
}
