/** One layout for all letters. Tables and inline styles work in all common mail clients. */
import type { Body } from './body.ts';

export function asText(body: Body, footer: string): string {
  return [
    ...body.paragraphs,
    ...body.links.map((link) => `${link.title} (${link.note})\n${link.url}`),
    ...body.closing,
    ...(body.action === null ? [] : [`${body.action.label}: ${body.action.url}`]),
    `Almanac\n${footer}`,
  ].join('\n\n');
}

export function asHtml(body: Body, footer: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(body.subject)}</title></head>
<body style="margin:0;background:#f6f2e9">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f2e9"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fffdf8;border-radius:8px"><tr>
<td style="padding:32px 28px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;color:#2b2824;text-align:left">
<div style="letter-spacing:3px;font-size:12px;color:#8c4a2f;margin:0 0 20px">ALMANAC</div>
<h1 style="font-size:24px;line-height:1.25;font-weight:normal;margin:0 0 20px">${escapeHtml(body.heading)}</h1>
${body.paragraphs.map(paragraph).join('\n')}
${body.links.map(linkTable).join('\n')}
${body.closing.map(paragraph).join('\n')}
${body.action === null ? '' : button(body.action)}
</td></tr></table>
<div style="max-width:504px;padding:16px 28px 0;font-family:Georgia,'Times New Roman',serif;font-size:13px;line-height:1.5;color:#6f6a60;text-align:left">${escapeHtml(footer)}</div>
</td></tr></table>
</body></html>
`;
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px;word-break:break-word;overflow-wrap:anywhere">${escapeHtml(text)}</p>`;
}

function linkTable({ title, note, url }: Body['links'][number]): string {
  const href = escapeHtml(url);
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border:1px solid #e4dccb;border-radius:6px"><tr>
<td style="padding:14px 16px"><a href="${href}" style="color:#8c4a2f;font-weight:bold;font-size:17px;text-decoration:none">${escapeHtml(title)}</a>
<div style="color:#6f6a60;font-size:13px;margin-top:2px">${escapeHtml(note)}</div></td>
<td align="right" style="padding:14px 16px;white-space:nowrap"><a href="${href}" style="background:#8c4a2f;color:#ffffff;padding:9px 16px;border-radius:4px;text-decoration:none;font-size:14px">Open</a></td>
</tr></table>`;
}

function button({ label, url }: NonNullable<Body['action']>): string {
  return `<p style="margin:24px 0 0"><a href="${escapeHtml(url)}" style="display:inline-block;border:1px solid #8c4a2f;color:#8c4a2f;padding:9px 16px;border-radius:4px;text-decoration:none;font-size:14px">${escapeHtml(label)}</a></p>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
