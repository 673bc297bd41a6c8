/** Where a person finds what is running. */
import type { Stack } from './stack.ts';

export function printAddresses(stack: Stack, operatorPassword: string): void {
  const rows = [
    ['API', stack.apiUrl],
    ['API docs', `${stack.apiUrl}/docs`],
    ['Bull Board', `${stack.apiUrl}/operator/queues  (password ${operatorPassword})`],
    ['mailbox', stack.sandbox.sendgrid],
    ['logs', stack.logs],
  ];
  console.log('');
  for (const [name, where] of rows) console.log(`  ${String(name).padEnd(12)} ${where}`);
  console.log('\nCtrl-C stops everything.');
}
