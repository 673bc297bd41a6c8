/** A request in the form that the service sends, with any number of questions. */

export const LONG_SYSTEM = `You write for one reader. Each answer has between 400 and 800 characters. ${'Plain words, second person, no fatalism. '.repeat(140)}`;

export interface Asked {
  system?: string;
  title?: string;
  ids?: string[];
}

export function chatRequest({
  system = LONG_SYSTEM,
  title = 'Friday 20 November 2026',
  ids,
}: Asked = {}) {
  const asked = ids ?? [
    'd001-identity',
    'd001-romance',
    'd001-career',
    'd001-money',
    'd001-health',
  ];
  const user = [
    '# The person',
    '- Name: "Ada"',
    "- Sun: Leo 12°34', house 5",
    "- Moon: Taurus 4°12', house 3",
    '',
    '# Questions',
    `## ${title}`,
    '- Mars square natal Venus; exact 2026-11-23',
    ...asked.map((id) => `[${id}] What does this day ask of ${id.split('-')[1]}?`),
  ].join('\n');
  return {
    model: 'gpt-4o',
    max_tokens: 12_000,
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: user },
    ],
    response_format: {
      type: 'json_schema' as const,
      json_schema: { name: 'answers', strict: true, schema: {} },
    },
  };
}

export function answersIn(content: string | null | undefined): { id: string; text: string }[] {
  return JSON.parse(content ?? '').answers;
}
