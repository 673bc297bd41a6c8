/** The letters that a customer gets: one layout, plain words, text and HTML from the same lines. */

import type { EmailKind } from '../domain/delivery.ts';
import { AlmanacError } from '../domain/errors.ts';
import type { ComposeLetter, LetterData } from '../domain/ports/work.ts';

interface Body {
  subject: string;
  heading: string;
  paragraphs: string[];
  links: { title: string; note: string; url: string }[];
  closing: string[];
}

/** Kinds without a composer are never queued; asking for one is our own bug. */
const COMPOSERS: Partial<Record<EmailKind, (data: LetterData) => Body>> = { ready };

/** @throws AlmanacError `letter_kind` for a kind that has no letter */
export const composeLetter: ComposeLetter = (kind, key, data) => {
  const compose = COMPOSERS[kind];
  if (!compose) throw new AlmanacError('letter_kind', `there is no letter of kind ${kind}`);
  const body = compose(data);
  return {
    to: data.order.email,
    key,
    subject: body.subject,
    text: asText(body, data.statusUrl),
    html: asHtml(body, data.statusUrl),
  };
};

function ready(data: LetterData): Body {
  const one = data.reports.length === 1;
  const name = data.order.subject.birth.name;
  return {
    subject: one ? `Your ${data.reports[0]?.title} is ready` : 'Your Almanac reports are ready',
    heading: one ? 'Your report is ready' : 'Your reports are ready',
    paragraphs: [
      `Hello ${name},`,
      one
        ? 'thank you for your order. Your report has been written and set, and is yours to keep:'
        : 'thank you for your order. Your reports have been written and set, and are yours to keep:',
    ],
    links: data.reports.map((report) => ({
      title: report.title,
      note: `PDF, ${report.pages.toLocaleString('en')} pages`,
      url: report.url,
    })),
    closing: [
      ...(data.missing.length > 0
        ? [`We could not finish ${data.missing.join(' and ')}. We will write to you about it.`]
        : []),
      one
        ? 'The link works for 30 days. It is meant for you alone: whoever has it can read the report.'
        : 'The links work for 30 days. They are meant for you alone: whoever has one can read the report.',
    ],
  };
}

function asText(body: Body, statusUrl: string): string {
  return [
    ...body.paragraphs,
    ...body.links.map((link) => `${link.title} (${link.note})\n${link.url}`),
    ...body.closing,
    `Your order: ${statusUrl}`,
    'Almanac',
  ].join('\n\n');
}

// Tables and inline styles: what ordinary mail clients agree on.
function asHtml(body: Body, statusUrl: string): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const links = body.links.map(
    (
      link,
    ) => `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 12px;border:1px solid #e4dccb;border-radius:6px"><tr>
<td style="padding:14px 18px"><a href="${escapeHtml(link.url)}" style="color:#7a4b12;font-weight:bold;font-size:17px;text-decoration:none">${escapeHtml(link.title)}</a>
<div style="color:#6f6a60;font-size:13px;margin-top:2px">${escapeHtml(link.note)}</div></td>
<td align="right" style="padding:14px 18px"><a href="${escapeHtml(link.url)}" style="background:#7a4b12;color:#ffffff;padding:9px 16px;border-radius:4px;text-decoration:none;font-size:14px">Open</a></td>
</tr></table>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(body.subject)}</title></head>
<body style="margin:0;background:#f6f2e9">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f2e9"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fffdf8;border-radius:8px"><tr>
<td style="padding:32px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;color:#2b2824">
<div style="letter-spacing:3px;font-size:12px;color:#7a4b12;margin:0 0 20px">ALMANAC</div>
<h1 style="font-size:24px;font-weight:normal;margin:0 0 20px">${escapeHtml(body.heading)}</h1>
${body.paragraphs.map(paragraph).join('\n')}
${links.join('\n')}
<div style="height:8px"></div>
${body.closing.map(paragraph).join('\n')}
<p style="margin:0;font-size:14px"><a href="${escapeHtml(statusUrl)}" style="color:#7a4b12">See your order</a></p>
</td></tr></table>
</td></tr></table>
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
