/** Tells a stand-in to misbehave, and reads what it saw. */

export async function orderFault(url: string, wish: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

export async function reset(url: string): Promise<void> {
  await clearFaults(url);
  await fetch(`${url}/_sandbox/journal`, { method: 'DELETE' });
}

export async function clearFaults(url: string): Promise<void> {
  await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' });
}

export async function journalOf(url: string, since = 0): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}/_sandbox/journal?since=${since}`);
  const { entries } = (await response.json()) as { entries: Record<string, unknown>[] };
  return entries;
}
