import { createDecipheriv, createHmac } from 'node:crypto';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { sameSecret } from '../../kit/secrets.ts';
import { type Delivered, type FileProblem, type FileRead, readSerial } from './delivered.ts';

const pskc = 'urn:ietf:params:xml:ns:keyprov:pskc';
const macs: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256': 'sha256',
};
const aes128 = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc';

/** Something in the file is not as it must be; nothing of the file is used. */
class Unusable extends Error {
  readonly problem: Omit<FileProblem, 'line'>;
  constructor(problem: FileProblem['problem'], value?: string) {
    super(problem);
    this.name = 'Unusable';
    this.problem = value === undefined ? { problem } : { problem, value };
  }
}

/**
 * A Portable Symmetric Key Container (RFC 6030): keys in clear, or encrypted with AES-128-CBC under a
 * key that was agreed on, each with its MAC, which is verified before anything is decrypted (§6.2). Its other
 * ways, by a password (§6.2.1) and for a certificate (§6.3), are refused by name: no key file could help.
 */
export function readPskc(text: string, key: Buffer | undefined): FileRead {
  const tokens: Delivered[] = [];
  let line = 1;
  try {
    const root = parsed(text);
    const open = opening(root, key);
    for (const pack of all(root, 'KeyPackage')) {
      line = pack.lineNumber ?? 1;
      tokens.push(tokenOf(pack, open, line));
    }
    if (tokens.length === 0) throw new Unusable('unreadable');
    return { tokens, problems: [] };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { tokens: [], problems: [{ line, ...error.problem }] };
  }
}

/** No document type, so no entities, and nothing to fetch. */
function parsed(text: string): Element {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unusable('unreadable');
  let root: Element | null;
  try {
    const parser = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message);
      },
    });
    root = parser.parseFromString(text, 'text/xml').documentElement;
  } catch (cause) {
    throw Object.assign(new Unusable('unreadable'), { cause });
  }
  if (root?.localName !== 'KeyContainer' || root.namespaceURI !== pskc) throw new Unusable('unreadable');
  return root;
}

function all(from: Element, name: string): Element[] {
  return Array.from(from.getElementsByTagNameNS('*', name));
}

function textOf(from: Element, ...path: string[]): string | undefined {
  const last = path.reduce<Element | undefined>((at, name) => at && all(at, name)[0], from);
  return last?.textContent?.trim();
}

type Open = (secret: Element) => Buffer;

/** How secrets of this container are opened. */
function opening(root: Element, key: Buffer | undefined): Open {
  const [sealedBy] = all(root, 'EncryptionKey');
  if (!sealedBy && all(root, 'EncryptedValue').length === 0)
    return secret => bytes(textOf(secret, 'PlainValue') ?? '');
  if (sealedBy && all(sealedBy, 'DerivedKey').length > 0) throw new Unusable('sealed-by-password');
  if (sealedBy && all(sealedBy, 'X509Data').length > 0) throw new Unusable('sealed-for-certificate');
  for (const method of all(root, 'EncryptionMethod')) {
    const algorithm = method.getAttribute('Algorithm') ?? '';
    if (algorithm !== aes128) throw new Unusable('sealed-otherwise', algorithm.replace(/^.*#/, ''));
  }
  if (!key) throw new Unusable('key-needed');
  if (key.length !== 16) throw new Unusable('key-length');
  const method = all(root, 'MACMethod')[0];
  const hash = macs[method?.getAttribute('Algorithm') ?? ''];
  const sealedMacKey = method && all(method, 'MACKey')[0];
  if (!hash || !sealedMacKey) throw new Unusable('mac');
  const macKey = decrypted(sealedMacKey, key);
  return secret => {
    const value = all(secret, 'EncryptedValue')[0];
    const mac = textOf(secret, 'ValueMAC');
    if (!value || mac === undefined) throw new Unusable('mac');
    const expected = createHmac(hash, macKey).update(cipherOf(value)).digest();
    if (!sameSecret(expected, bytes(mac))) throw new Unusable('mac');
    return decrypted(value, key);
  };
}

const cipherOf = (value: Element): Buffer => bytes(textOf(value, 'CipherData', 'CipherValue') ?? '');

/** The first block is the initialization vector (XML Encryption §5.2). */
function decrypted(value: Element, key: Buffer): Buffer {
  if (all(value, 'EncryptionMethod').length !== 1) throw new Unusable('sealed-otherwise');
  const whole = cipherOf(value);
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, whole.subarray(0, 16));
    return Buffer.concat([decipher.update(whole.subarray(16)), decipher.final()]);
  } catch (cause) {
    throw Object.assign(new Unusable('mac'), { cause });
  }
}

function bytes(base64: string): Buffer {
  const signs = base64.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signs)) throw new Unusable('secret');
  return Buffer.from(signs, 'base64');
}

function tokenOf(pack: Element, open: Open, line: number): Delivered {
  const serial = readSerial(textOf(pack, 'SerialNo') ?? '');
  if (!serial) throw new Unusable('serial');
  const [key] = all(pack, 'Key');
  const moves = { [`${pskc}:hotp`]: 'press', [`${pskc}:totp`]: 'time' }[key?.getAttribute('Algorithm') ?? ''];
  const format = key && all(key, 'ResponseFormat')[0];
  const digits = Number(format?.getAttribute('Length') ?? 6);
  const [secret] = key ? all(key, 'Secret') : [];
  if (!key || !secret || (moves !== 'press' && moves !== 'time')) throw new Unusable('algorithm');
  if ((format?.getAttribute('Encoding') ?? 'DECIMAL') !== 'DECIMAL' || digits < 6 || digits > 8)
    throw new Unusable('algorithm');
  const suite = (textOf(key, 'AlgorithmParameters', 'Suite') ?? 'HMAC-SHA1').toUpperCase();
  const algorithm = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256', 'HMAC-SHA512': 'sha512' }[suite];
  if (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512')
    throw new Unusable('algorithm');
  const period = Number(textOf(key, 'TimeInterval', 'PlainValue') ?? 30);
  if (moves === 'time' && period !== 30 && period !== 60) throw new Unusable('interval');
  const counter = Number(textOf(key, 'Counter', 'PlainValue') ?? 0);
  if (!Number.isSafeInteger(counter) || counter < 0) throw new Unusable('algorithm');
  const opened = open(secret);
  if (opened.length < 10 || opened.length > 128) throw new Unusable('secret');
  return {
    line,
    serial,
    secret: opened,
    moves,
    algorithm,
    digits,
    period,
    // The counter of the file is the next one (RFC 6030 §4.3.4).
    last: moves === 'press' ? counter - 1 : -1,
    manufacturer: textOf(pack, 'Manufacturer') ?? '',
    model: textOf(pack, 'Model') ?? '',
    loginName: undefined,
  };
}
