import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a page asks of the browser, as its form carries it. */
export interface Asked {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
  readonly allowCredentials?: readonly { readonly id: string }[];
}

/** What may be told wrongly, by an attacker or a broken device. */
export interface Says {
  readonly type?: string;
  readonly challenge?: string;
  readonly origin?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly rpId?: string;
  /** UP 0x01, UV 0x04, BE 0x08, BS 0x10 */
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string | undefined;
}

/** A key of a software authenticator, as `navigator.credentials` would know it. */
export interface SoftPasskey {
  readonly id: Buffer;
  readonly userHandle: string;
  counter: number;
  /** The field `credential` of the form, after making it. */
  made(asked: Asked, says?: Says): string;
  /** The same after using it. */
  used(asked: Asked, says?: Says): string;
  /** A copy that counts on its own. */
  clone(): SoftPasskey;
}

const verified = 0x05;
const attested = 0x40;
const base64url = (bytes: Buffer): string => bytes.toString('base64url');
const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();

/** CBOR of what an attestation object is made of (RFC 8949): small enough to be written by hand. */
const head = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.of((major << 5) | n)
    : n < 256
      ? Buffer.of((major << 5) | 24, n)
      : Buffer.of((major << 5) | 25, n >> 8, n & 0xff);
const text = (value: string): Buffer =>
  Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);

/** ES256 as COSE_Key (RFC 9053 §7.1). */
function coseOf(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const coordinate = (value: string): Buffer => bytes(Buffer.from(value, 'base64url'));
  const [minusOne, minusTwo, minusThree] = [head(1, 0), head(1, 1), head(1, 2)];
  return Buffer.concat([
    head(5, 5),
    ...[head(0, 1), head(0, 2), head(0, 3), head(1, 6), minusOne, head(0, 1)],
    ...[minusTwo, coordinate(x), minusThree, coordinate(y)],
  ]);
}

/** @param backupEligible a synced passkey counts nothing, one of a single device does */
export function softPasskey(options: {
  origin: string;
  userHandle?: string;
  backupEligible?: boolean;
  aaguid?: string;
  id?: Buffer;
}): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { origin, backupEligible = false, id = randomBytes(32) } = options;
  const own = verified | (backupEligible ? 0x18 : 0);

  const make = (state: { userHandle: string; counter: number }): SoftPasskey => {
    const clientData = (asked: Asked, type: string, says: Says): Buffer =>
      Buffer.from(
        JSON.stringify({
          type: says.type ?? type,
          challenge: says.challenge ?? asked.challenge,
          origin: says.origin ?? origin,
          crossOrigin: says.crossOrigin ?? false,
          ...(says.topOrigin === undefined ? {} : { topOrigin: says.topOrigin }),
        }),
      );
    const authenticatorData = (rpId: string, flags: number, counter: number, more = Buffer.alloc(0)) => {
      const rest = Buffer.alloc(5);
      rest.writeUInt8(flags, 0);
      rest.writeUInt32BE(counter, 1);
      return Buffer.concat([sha256(rpId), rest, more]);
    };
    const credential = (response: object): string =>
      JSON.stringify({ id: base64url(id), rawId: base64url(id), type: 'public-key', response });
    return {
      id,
      get userHandle() {
        return state.userHandle;
      },
      get counter() {
        return state.counter;
      },
      set counter(n) {
        state.counter = n;
      },
      made(asked, says = {}) {
        state.userHandle = asked.user?.id ?? state.userHandle;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(id.length);
        const aaguid = Buffer.from((options.aaguid ?? '').replaceAll('-', '').padEnd(32, '0'), 'hex');
        const data = authenticatorData(
          says.rpId ?? asked.rp?.id ?? '',
          (says.flags ?? own) | attested,
          says.counter ?? state.counter,
          Buffer.concat([aaguid, length, id, coseOf(publicKey)]),
        );
        const attestationObject = Buffer.concat([
          head(5, 3),
          ...[text('fmt'), text('none'), text('attStmt'), head(5, 0), text('authData'), bytes(data)],
        ]);
        return credential({
          clientDataJSON: base64url(clientData(asked, 'webauthn.create', says)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        });
      },
      used(asked, says = {}) {
        if (!backupEligible) state.counter += 1;
        const client = clientData(asked, 'webauthn.get', says);
        const data = authenticatorData(
          says.rpId ?? asked.rpId ?? '',
          says.flags ?? own,
          says.counter ?? state.counter,
        );
        const userHandle = 'userHandle' in says ? says.userHandle : state.userHandle;
        return credential({
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          ...(userHandle ? { userHandle } : {}),
        });
      },
      clone: () => make({ ...state }),
    };
  };
  return make({ userHandle: options.userHandle ?? '', counter: 0 });
}

const unescaped = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What this page asks of the browser. */
export function askedBy(html: string): Asked {
  const options = /data-options="([^"]*)"/.exec(html)?.[1];
  if (!options) throw new Error('this page asks for no passkey');
  return JSON.parse(unescaped(options));
}
