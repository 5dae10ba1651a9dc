import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../src/kit/testing.ts';
import { muLaw, toneSamples, writeRtp } from '../../../src/wire/rtp/index.ts';
import { isBound } from '../bound.ts';
import { missing, type Program, startProgram, untilServes } from './programs.ts';

const pcaps = '/usr/share/sip-tester';

export const sippIsMissing = missing('/usr/bin/sipp', `${pcaps}/dtmf_2833_pound.pcap`);

export interface Sipp extends Program {
  readonly port: number;
  close(): Promise<void>;
}

/** SIPp as the called side, with a scenario of ours. It ends by itself after `calls` calls. */
export async function startSipp(
  steps: string,
  how: {
    readonly calls?: number;
    readonly port?: number;
    readonly address?: '127.0.0.1' | '[::1]';
    readonly more?: readonly string[];
  } = {},
): Promise<Sipp> {
  const { calls = 1, address = '127.0.0.1', more = [] } = how;
  const folder = mkdtempSync(join(tmpdir(), 'genkan-sipp-'));
  const scenario = join(folder, 'called.xml');
  writeFileSync(
    scenario,
    `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="called">\n${steps}\n</scenario>\n`,
  );
  const port = how.port ?? (await freePort());
  const media = await freePort();
  const program = startProgram(
    'sipp',
    [
      '-sf',
      scenario,
      '-i',
      address,
      '-p',
      String(port),
      '-mp',
      String(media),
      '-m',
      String(calls),
      '-nostdin',
      '-trace_err',
      '-error_file',
      join(folder, 'errors.log'),
      ...more,
    ],
    folder,
  );
  await untilServes(program, () => isBound('udp', port));
  return {
    ...program,
    port,
    async close() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const copied = [
  '[last_Via:]',
  '[last_Record-Route:]',
  '[last_From:]',
  '[last_To:];tag=[call_number]',
  '[last_Call-ID:]',
  '[last_CSeq:]',
];

const send = (first: string, headers: readonly string[], body = '', attributes = ''): string =>
  `<send ${attributes}><![CDATA[\n${[first, ...headers, `Content-Length: ${body === '' ? '0' : '[len]'}`].join('\n')}\n\n${body}]]></send>`;

export const reply = (status: string, ...more: readonly string[]): string =>
  send(`SIP/2.0 ${status}`, [...copied, ...more]);

/** To a request of a call that has its tags. */
export const replyInside = (status: string): string =>
  send(
    `SIP/2.0 ${status}`,
    copied.map(line => line.replace(';tag=[call_number]', '')),
  );

export const contact = 'Contact: <sip:phone@[local_ip]:[local_port]>';

export const sdp = (...more: readonly string[]): string =>
  [
    'v=0',
    'o=phone 1 1 IN IP[media_ip_type] [media_ip]',
    's=-',
    'c=IN IP[media_ip_type] [media_ip]',
    't=0 0',
    'm=audio [auto_media_port] RTP/AVP 0 101',
    'a=rtpmap:0 PCMU/8000',
    ...more,
    '',
  ].join('\n');

export const events = 'a=rtpmap:101 telephone-event/8000';

export const answer = (description = sdp(events)): string =>
  send(
    'SIP/2.0 200 OK',
    [...copied, contact, 'Allow: INVITE, ACK, BYE, INFO', 'Content-Type: application/sdp'],
    description,
    'retrans="500"',
  );

/** 183 that has to be acknowledged (RFC 3262). */
export const early = (number: number, description: string): string =>
  send(
    'SIP/2.0 183 Session Progress',
    [...copied, contact, 'Require: 100rel', `RSeq: ${number}`, 'Content-Type: application/sdp'],
    description,
  );

export const receive = (method: string, more = ''): string => `<recv request="${method}" ${more}/>`;
export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>`;
export const press = (key: 'pound' | 'star' | 0 | 2 | 4): string =>
  `<nop><action><exec play_pcap_audio="${pcaps}/dtmf_2833_${key}.pcap"/></action></nop>`;

/** An INVITE, keeping who called and over which proxies, for requests of our own to them. */
export const receiveInvite =
  '<recv request="INVITE" rrs="true"><action><ereg regexp=":.*" search_in="hdr" header="From" assign_to="caller"/></action></recv>';

const inside = (method: string, more: readonly string[] = [], sequence = 7): string =>
  `<send ${method === 'ACK' ? '' : 'retrans="500"'}><![CDATA[
${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From: <sip:phone@[local_ip]:[local_port]>;tag=[call_number]
To[$caller]
[last_Call-ID:]
CSeq: ${sequence} ${method}
Max-Forwards: 70
${more.length === 0 ? 'Content-Length: 0\n\n' : more.join('\n')}]]></send>`;

export const hangUpInside = inside('BYE');
export const pressInside = (key: string): string =>
  inside('INFO', [
    'Content-Type: application/dtmf-relay',
    'Content-Length: [len]',
    '',
    `Signal=${key}`,
    'Duration=160',
    '',
  ]);

/** Another offer in a call that is on, its answer, which must have this in it, and the ACK to that. */
export const offerInside = (
  sequence: number,
  description: string,
  answered: RegExp,
  ...more: readonly string[]
): string =>
  [
    inside(
      'INVITE',
      [contact, 'Content-Type: application/sdp', ...more, 'Content-Length: [len]', '', description],
      sequence,
    ),
    `<recv response="200"><action><ereg regexp="${answered.source}" search_in="msg" check_it="true" assign_to="answer${sequence}"/></action></recv>`,
    `<Reference variables="answer${sequence}"/>`,
    inside('ACK', [], sequence),
  ].join('\n');

/** A person who presses keys, and is hung up on. */
export const person = (...keys: readonly Parameters<typeof press>[0][]): string =>
  [
    receive('INVITE'),
    reply('180 Ringing'),
    pause(200),
    answer(),
    receive('ACK'),
    pause(1300),
    ...keys.flatMap(key => [press(key), pause(500)]),
    receive('BYE'),
    replyInside('200 OK'),
  ].join('\n');

/** A recording of tones as they come in the sound, in the form that SIPp plays: Ethernet, IPv4, UDP, RTP, µ-law. */
export function writeTones(file: string, keys: string): void {
  const global = Buffer.alloc(24);
  global.writeUInt32LE(0xa1b2c3d4, 0);
  global.writeUInt16LE(2, 4);
  global.writeUInt16LE(4, 6);
  global.writeUInt32LE(65_535, 16);
  global.writeUInt32LE(1, 20);
  const samples = new Int16Array(8000 + keys.length * 2400);
  [...keys].forEach((key, n) => void samples.set(toneSamples(key, 150), 4000 + n * 2400));
  const sound = muLaw.encode(samples);
  const packets = Array.from({ length: Math.floor(sound.length / 160) }, (_, n) => {
    const rtp = writeRtp({
      marker: n === 0,
      payloadType: 0,
      sequence: n,
      timestamp: n * 160,
      ssrc: 7,
      csrc: [],
      payload: Buffer.from(sound.subarray(n * 160, n * 160 + 160)),
    });
    const ethernet = Buffer.from('000000000001000000000002' + '0800', 'hex');
    const ip = Buffer.alloc(20);
    ip.writeUInt8(0x45, 0);
    ip.writeUInt16BE(28 + rtp.length, 2);
    ip.writeUInt8(64, 8);
    ip.writeUInt8(17, 9);
    ip.set([127, 0, 0, 1, 127, 0, 0, 1], 12);
    const udp = Buffer.alloc(8);
    udp.writeUInt16BE(6000, 0);
    udp.writeUInt16BE(6002, 2);
    udp.writeUInt16BE(8 + rtp.length, 4);
    const frame = Buffer.concat([ethernet, ip, udp, rtp]);
    const head = Buffer.alloc(16);
    head.writeUInt32LE(Math.floor(n / 50), 0);
    head.writeUInt32LE((n % 50) * 20_000, 4);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    return Buffer.concat([head, frame]);
  });
  writeFileSync(file, Buffer.concat([global, ...packets]));
}

export const play = (file: string): string => `<nop><action><exec play_pcap_audio="${file}"/></action></nop>`;
