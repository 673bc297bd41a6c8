/** Plain English of 200 to 400 characters, different for each id. */
export function proseFor(id: string): string {
  return [
    `In what ${id} touches you meet a question that has been waiting for a calmer week.`,
    'The Moon draws your attention to what is close at hand, and the slower planets ask for patience.',
    'Say what you mean, leave room for the other side, and let the answer come to you in its own time.',
  ].join(' ');
}
