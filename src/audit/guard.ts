import type { Json } from './event.ts';

/** Names under which a secret travels, whatever their case and hyphens. */
const secretNames = new Set([
  'password',
  'newpassword',
  'oldpassword',
  'code',
  'usercode',
  'passcode',
  'pin',
  'otp',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'privatekey',
]);

/** E.164 with all its digits, half-width or full-width, with or without separators. A masked one has X in it. */
const wholeNumber = /[+＋](?:[\s().‐-]*[0-9０-９]){8,}/u;

/**
 * The last door before the log, which is kept for years and read by many: refuses what may be a secret or
 * a whole telephone number. It throws, so the effect that was to be recorded does not happen either.
 */
export function refuseSecrets(value: Json | undefined, path: string): void {
  if (typeof value === 'string') {
    if (wholeNumber.test(value)) throw new Error(`${path}: an unmasked telephone number may not be logged`);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, member] of Object.entries(value)) {
    if (secretNames.has(key.toLowerCase().replace(/[^a-z]/g, '')))
      throw new Error(`${path}.${key}: what has this name may not be logged`);
    refuseSecrets(member, `${path}.${key}`);
  }
}
