/** Times as messages and questions print them. */

/** ISO 8601 without milliseconds. */
export function utcText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

/** 1996-03-31 03:00, with seconds only when they are not zero. @param local written as if it were UTC */
export function localText(local: number): string {
  const text = new Date(local).toISOString().slice(0, 19).replace('T', ' ');
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}

/** @param seconds east positive @returns `+01:00`, `-00:39:58` */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60];
  if (size % 60 !== 0) parts.push(size % 60);
  return (seconds < 0 ? '-' : '+') + parts.map((part) => String(part).padStart(2, '0')).join(':');
}
