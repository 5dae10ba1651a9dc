/**
 * What a device signs, byte for byte. Server and app share this file: it imports nothing.
 *
 * A statement is the name of what is stated and its fields, each with its length before it, so that
 * no two statements are the same bytes. `issuer` is the origin of the server (`https://id.example.ac.jp`):
 * what was signed for one organisation says nothing to another.
 */
export function statement(kind: 'register' | 'request', fields: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const parts = [`genkan-authenticator/1 ${kind}`, ...fields];
  return text.encode(parts.map(part => `${text.encode(part).length}:${part}`).join('\n'));
}

/** Signed once, with the new key: that whoever holds the token of the QR code holds this key too. */
export const registering = (issuer: string, to: { token: string; publicKey: string; name: string }) =>
  statement('register', [issuer, to.token, to.publicKey, to.name]);

/** Signed with every later request; `act` is the last part of its path, `body` the text as it is sent. */
export const requesting = (
  issuer: string,
  act: string,
  from: { device: string; at: number; nonce: string; body: string },
) => statement('request', [issuer, act, from.device, String(from.at), from.nonce, from.body]);

/** ECDSA P-256 with SHA-256; WebCrypto's signature is r ‖ s, 64 bytes, and goes as base64url without padding. */
export const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
