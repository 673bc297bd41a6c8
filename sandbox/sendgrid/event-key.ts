/** The key pair that signs the stand-in's events. It is the same in every run, so that shops know it. */
import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
} from 'node:crypto';

const SEED = 'almanac sandbox';

export function eventKey(): KeyObject {
  const d = createHash('sha256').update(SEED).digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(d);
  const point = curve.getPublicKey(); // 04, then x and y of 32 bytes each
  const key = {
    kty: 'EC',
    crv: 'P-256',
    d: d.toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  return createPrivateKey({ key, format: 'jwk' });
}

/** What SendGrid's settings show as the verification key: base64 DER. */
export function verificationKey(): string {
  return createPublicKey(eventKey()).export({ type: 'spki', format: 'der' }).toString('base64');
}
