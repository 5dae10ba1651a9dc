import { isIP } from 'node:net';
import { type Crypto, type Direction, type Encoding, type ReadSession, staticEncodings } from './session.ts';

const limits = { bytes: 16_384, lines: 512, media: 16 } as const;

interface Level {
  address?: string;
  direction?: Direction;
}

interface Draft extends Level {
  kind: string;
  port: number;
  profile: string;
  formats: readonly string[];
  maps: Encoding[];
  parameters: Map<string, string>;
  ptime?: number;
  rtcp?: { readonly port: number; readonly address?: string };
  crypto: Crypto[];
}

const refused = (reason: string): ReadSession => ({ read: false, reason });

/** Reads a description. What is not known is passed over; what is broken is refused. Never throws. */
export function readSession(text: string): ReadSession {
  if (text.length > limits.bytes) return refused('too long');
  const lines = text.split(/\r?\n/).filter(line => line !== '');
  if (lines.length > limits.lines) return refused('too many lines');
  if (lines[0] !== 'v=0') return refused('no v=0');
  const session: Level = {};
  const media: Draft[] = [];
  let origin: { id: string; version: string; address: string } | undefined;
  for (const line of lines) {
    const [, type, value] = /^([a-z])=(.*)$/.exec(line) ?? [];
    if (type === undefined || value === undefined) return refused('a line that is none');
    const level = media.at(-1) ?? session;
    if (type === 'o') {
      const [, id, version, address] = /^\S+ (\d{1,20}) (\d{1,20}) IN IP[46] (\S{1,255})$/.exec(value) ?? [];
      if (!id || !version || !address) return refused('an origin that is none');
      origin = { id, version, address };
    } else if (type === 'm') {
      const begun = readMedia(value);
      if (!begun || media.length >= limits.media) return refused('a media line that is none');
      media.push(begun);
    } else if (type === 'c') {
      const address = readConnection(value);
      if (address === undefined) return refused('a connection that is none');
      level.address = address;
    } else if (type === 'a' && !takeAttribute(value, level))
      return refused(`an attribute that is none: ${type}`);
  }
  if (!origin) return refused('no origin');
  return { read: true, session: { origin, media: media.map(draft => finish(draft, session)) } };
}

function readMedia(value: string): Draft | undefined {
  const [, kind, port, profile, formats] =
    /^([a-z0-9-]{1,32}) (\d{1,5})(?:\/\d{1,3})? ([A-Za-z0-9/]{1,32}) ([\x21-\x7e ]+)$/.exec(value) ?? [];
  if (!kind || !profile || formats === undefined || Number(port) > 65_535) return undefined;
  const list = formats.split(' ').filter(format => format !== '');
  if (list.length === 0 || list.length > 64) return undefined;
  return { kind, port: Number(port), profile, formats: list, maps: [], parameters: new Map(), crypto: [] };
}

/** An address, or a name: old descriptions have names, and 0.0.0.0 means hold (RFC 3264 §8.4). */
function readConnection(value: string): string | undefined {
  const [, family, address] = /^IN IP([46]) ([A-Za-z0-9.:_-]{1,255})(?:\/\d{1,3}){0,2}$/.exec(value) ?? [];
  if (!address) return undefined;
  const kind = isIP(address);
  return kind !== 0 && kind !== Number(family) ? undefined : address;
}

function takeAttribute(value: string, level: Level | Draft): boolean {
  const colon = value.indexOf(':');
  const name = colon === -1 ? value : value.slice(0, colon);
  const rest = colon === -1 ? '' : value.slice(colon + 1).trim();
  if (isDirection(name)) level.direction = name;
  if (!('formats' in level)) return true;
  if (name === 'rtpmap') {
    const [, format, encoding, rate] =
      /^(\d{1,3}) +([A-Za-z0-9._+-]{1,64})\/(\d{1,6})(?:\/\d{1,2})?$/.exec(rest) ?? [];
    if (!format || !encoding) return false;
    level.maps.push({ format, name: encoding.toLowerCase(), rate: Number(rate) });
  } else if (name === 'fmtp') {
    const [, format, parameters] = /^(\S{1,32}) +(.+)$/.exec(rest) ?? [];
    if (format && parameters) level.parameters.set(format, parameters);
  } else if (name === 'ptime' && /^\d{1,3}$/.test(rest)) level.ptime = Number(rest);
  else if (name === 'rtcp') {
    const rtcp = readRtcp(rest);
    if (rtcp) level.rtcp = rtcp;
  } else if (name === 'crypto') {
    const crypto = readCrypto(rest);
    if (crypto) level.crypto.push(crypto);
  }
  return true;
}

/** A port, and an address where that is another one (RFC 3605 §2.1). */
function readRtcp(text: string): Draft['rtcp'] {
  const [, port, net] = /^(\d{1,5})(?: (IN .+))?$/.exec(text) ?? [];
  if (port === undefined || Number(port) === 0 || Number(port) > 65_535) return undefined;
  if (net === undefined) return { port: Number(port) };
  const address = readConnection(net);
  return address === undefined ? undefined : { port: Number(port), address };
}

const isDirection = (name: string): name is Direction =>
  name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive';

/** Only one key without a session parameter is understood: others would be answered wrongly (RFC 4568 §6.3). */
function readCrypto(text: string): Crypto | undefined {
  const [, tag, suite, key] =
    /^(\d{1,9}) +([A-Za-z0-9_]{1,64}) +inline:([A-Za-z0-9+/]{16,128}={0,2})(?:\|(?:2\^)?\d{1,20})?(?:\|1:1)?$/.exec(
      text,
    ) ?? [];
  return tag && suite && key ? { tag: Number(tag), suite, key } : undefined;
}

function finish(draft: Draft, session: Level) {
  const { maps, parameters, kind, port, profile, formats, crypto } = draft;
  const address = draft.address ?? session.address;
  const known = [
    ...maps,
    ...staticEncodings.filter(({ format }) => !maps.some(map => map.format === format)),
  ];
  return {
    kind,
    port,
    profile,
    formats,
    ...(address === undefined ? {} : { address }),
    direction: draft.direction ?? session.direction ?? 'sendrecv',
    encodings: formats.flatMap(format => {
      const found = known.find(encoding => encoding.format === format);
      const more = parameters.get(format);
      return found ? [{ ...found, ...(more === undefined ? {} : { parameters: more }) }] : [];
    }),
    ...(draft.ptime === undefined ? {} : { ptime: draft.ptime }),
    ...(draft.rtcp === undefined ? {} : { rtcp: draft.rtcp }),
    crypto,
  } as const;
}
