/** Two whole prompts as a page, from the products' own code, with the sandbox's answers. */
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

This is what the model gets for one step of Blueprint and one of the Personal Horoscope, for a birth on 15 June 1990, 11:00,
in London, and a report year from 1 January 2027. To print any other step, run

    npm run almanac -- prompt --product personal-horoscope --step 4 --start 2027-01-01

The system message is a file that a writer edits (\`src/products/<product>/v<n>/prompts/system.md\`). It comes first and is the
same in all of a report's calls, so the provider's cache keeps it. The person comes next and is also the same. What changes
comes last. In the horoscope, \`# The thread so far\` quotes the openings of some recent answers. The ids in brackets are the
answers' ids. When a step is asked again, it has only the questions whose answers are missing or bad, and a \`# Note\` at its
end says what was wrong.

${parts.join('\n')}`;
}

/** Four backticks, because a prompt may contain three. */
function fenced(language: string, text: string): string {
  return `\`\`\`\`${language}\n${text}\n\`\`\`\``;
}
