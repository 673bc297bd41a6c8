/** A posted letter, checked the way SendGrid checks it. */
import { randomBytes } from 'node:crypto';
import { isObject, RequestFault } from '../wire/messages.ts';

export interface Address {
  email: string;
  name: string | null;
}

export interface Message {
  id: string;
  /** ISO 8601 */
  at: string;
  from: Address;
  replyTo: Address | null;
  to: Address[];
  subject: string;
  text: string | null;
  html: string | null;
  headers: Record<string, unknown>;
  customArgs: Record<string, unknown>;
  categories: unknown[];
  trackingSettings: Record<string, unknown>;
  /** names of the attached files */
  attachments: string[];
}

interface FieldError {
  message: string;
  field: string | null;
  help: null;
}

/** @throws RequestFault 400 in SendGrid's shape, with a list of everything that is wrong */
export function readMessage(body: Record<string, unknown>): Message {
  const errors: FieldError[] = [];
  const wrong = (field: string, message: string): void => {
    errors.push({ message, field, help: null });
  };
  const personalizations = objects(body.personalizations);
  if (personalizations.length === 0) {
    wrong(
      'personalizations',
      'The personalizations field is required and must have at least one personalization.',
    );
  }
  const from = address(body.from);
  if (from === null) wrong('from.email', 'The from email does not contain a valid address.');
  const to = personalizations.flatMap((one, index) => {
    const receivers = objects(one.to).map(address);
    if (receivers.length === 0 || receivers.includes(null)) {
      wrong(
        `personalizations.${index}.to`,
        'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
      );
    }
    return receivers.filter((receiver) => receiver !== null);
  });
  const subject = text(body.subject) ?? text(personalizations[0]?.subject);
  if (subject === null) {
    wrong(
      'subject',
      'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
    );
  }
  const content = objects(body.content);
  if (content.length === 0)
    wrong(
      'content',
      'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
    );
  for (const [index, block] of content.entries()) {
    if (text(block.value) === null)
      wrong(
        `content.${index}.value`,
        'The content value must be a string at least one character in length.',
      );
  }
  if (content[0] !== undefined && content.length > 1 && content[0].type !== 'text/plain') {
    wrong(
      'content',
      'If present, text/plain and text/html may only be provided once, and text/plain must be first.',
    );
  }
  if (errors.length > 0 || from === null || subject === null)
    throw new RequestFault(400, { errors });
  const contentOf = (type: string): string | null =>
    text(content.find((block) => block.type === type)?.value);
  return {
    id: randomBytes(11).toString('base64url'),
    at: new Date().toISOString(),
    from,
    replyTo: address(body.reply_to),
    to,
    subject,
    text: contentOf('text/plain'),
    html: contentOf('text/html'),
    headers: object(body.headers),
    customArgs: { ...object(body.custom_args), ...object(personalizations[0]?.custom_args) },
    categories: Array.isArray(body.categories) ? body.categories : [],
    trackingSettings: object(body.tracking_settings),
    attachments: objects(body.attachments).map((file) => text(file.filename) ?? 'unnamed'),
  };
}

export function refusal(message: string): { errors: FieldError[] } {
  return { errors: [{ message, field: null, help: null }] };
}

function address(value: unknown): Address | null {
  const { email, name } = object(value);
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) return null;
  return { email, name: text(name) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function object(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
