/** Two whole prompts as a page, from the products' own code, with what the sandbox answers. */
import { promptOf } from '../cli/commands/prompt.ts';

const SHOWN = [
  { title: 'Blueprint, step 9 of 52', product: 'blueprint', step: '9' },
  { title: 'Personal Horoscope, step 4 of 161', product: 'personal-horoscope', step: '4' },
];
const BIRTH = {
  name: 'Ada Moreau',
  date: '1990-06-15',
  time: '11:00',
  place: 'London, GB',
  start: '2027-01-01',
};

export async function promptsPage(): Promise<string> {
  const parts: string[] = [];
  for (const { title, product, step } of SHOWN) {
    const { prompt, answer } = await promptOf({ ...BIRTH, product, step });
    parts.push(`## ${title}

### System

${fenced('text', prompt.system)}

### User

${fenced('text', prompt.user)}

### The sandbox's answer

${fenced('json', answer)}
`);
  }
  return `# Two whole prompts

Written by \`npm run prompts\`; do not edit.

As the model gets them: one step of Blueprint and one of the Personal Horoscope, for a birth on 15 June 1990, 11:00, in
London, and a report year from 1 January 2027. Any other is printed by

    npm run almanac -- prompt --product personal-horoscope --step 4 --start 2027-01-01

The system message is a file that a writer edits (\`src/products/<product>/v<n>/prompts/system.md\`). It stands first and is the same
over all of a report's calls, so that the provider's cache keeps it; the person comes next, the same too; what changes comes
last. In the horoscope \`# The thread so far\` quotes the openings of some answers just before. The ids in brackets are those of
the answers. When a step is asked again, only the questions whose answers are missing or bad stand in it, and a \`# Note\` at
its end says what was wrong.

${parts.join('\n')}`;
}

/** Four ticks: a prompt may hold three. */
function fenced(language: string, text: string): string {
  return `\`\`\`\`${language}\n${text}\n\`\`\`\``;
}
