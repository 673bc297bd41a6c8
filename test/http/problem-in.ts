import { expect } from 'vitest';
import type { Problem } from '../../src/http/error-map.ts';

/** The problem that a refusal carries. */
export async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch('application/problem+json');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status: response.status, code: expect.any(String) });
  return problem;
}
