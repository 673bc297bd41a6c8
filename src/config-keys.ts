/** Keys in the environment that are more than text. */
import { createPublicKey } from 'node:crypto';

export const PUBLIC_KEY =
  "must be the verification key of SendGrid's signed Event Webhook, in base64";
export function isPublicKey(base64: string): boolean {
  try {
    createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}
