/** Signs in as an operator. */
import { type ApiRig, OPERATOR_PASSWORD } from '../api-rig.ts';

/** @returns the cookie to send */
export async function signIn(api: ApiRig): Promise<string> {
  const response = await api.post('/operator/sign-in', { password: OPERATOR_PASSWORD });
  if (response.status !== 303) throw new Error(`${response.status} ${await response.text()}`);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}
