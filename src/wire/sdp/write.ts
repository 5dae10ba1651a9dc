import { isIPv6 } from 'node:net';
import type { Media, Session } from './session.ts';

const net = (address: string): string => `IN IP${isIPv6(address) ? 6 : 4} ${address}`;

export function writeSession({ origin, media }: Session): string {
  return [
    'v=0',
    `o=- ${origin.id} ${origin.version} ${net(origin.address)}`,
    's=-',
    `c=${net(origin.address)}`,
    't=0 0',
    ...media.flatMap(one => linesOf(one, origin.address)),
    '',
  ].join('\r\n');
}

function linesOf(media: Media, address: string): readonly string[] {
  const first = `m=${media.kind} ${media.port} ${media.profile} ${media.formats.join(' ')}`;
  if (media.port === 0) return [first];
  return [
    first,
    ...(media.address === undefined || media.address === address ? [] : [`c=${net(media.address)}`]),
    ...media.encodings.flatMap(({ format, name, rate, parameters }) => [
      `a=rtpmap:${format} ${spelled(name)}/${rate}`,
      ...(parameters === undefined ? [] : [`a=fmtp:${format} ${parameters}`]),
    ]),
    ...(media.ptime === undefined ? [] : [`a=ptime:${media.ptime}`]),
    ...(media.rtcp === undefined ? [] : [`a=rtcp:${rtcpText(media.rtcp)}`]),
    ...media.crypto.map(({ tag, suite, key }) => `a=crypto:${tag} ${suite} inline:${key}`),
    `a=${media.direction}`,
  ];
}

const rtcpText = ({ port, address }: NonNullable<Media['rtcp']>): string =>
  address === undefined ? String(port) : `${port} ${net(address)}`;

const spelled = (name: string): string => (name.startsWith('pcm') ? name.toUpperCase() : name);
