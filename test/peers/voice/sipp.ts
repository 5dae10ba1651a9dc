import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeUdpPort, missing, type Program, startProgram } from './programs.ts';

const pcaps = '/usr/share/sip-tester';

export const sippIsMissing = missing('/usr/bin/sipp', `${pcaps}/dtmf_2833_pound.pcap`);

export interface Sipp extends Program {
  readonly port: number;
  close(): Promise<void>;
}

/** SIPp as the called side, with a scenario of ours. It ends by itself after `calls` calls. */
export async function startSipp(
  steps: string,
  { calls = 1, more = [] }: { readonly calls?: number; readonly more?: readonly string[] } = {},
): Promise<Sipp> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-sipp-'));
  const scenario = join(folder, 'called.xml');
  writeFileSync(
    scenario,
    `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="called">\n${steps}\n</scenario>\n`,
  );
  const port = await freeUdpPort();
  const media = await freeUdpPort();
  const program = startProgram(
    'sipp',
    [
      '-sf',
      scenario,
      '-i',
      '127.0.0.1',
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
  await sleep(400);
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
    'o=phone 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [media_ip]',
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

export const receive = (method: string, more = ''): string => `<recv request="${method}" ${more}/>`;
export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>`;
export const press = (key: 'pound' | 'star' | 0 | 2 | 4): string =>
  `<nop><action><exec play_pcap_audio="${pcaps}/dtmf_2833_${key}.pcap"/></action></nop>`;

/** A person who presses keys, and is hung up on. */
export const person = (...keys: readonly Parameters<typeof press>[0][]): string =>
  [
    receive('INVITE'),
    reply('180 Ringing'),
    pause(200),
    answer(),
    receive('ACK'),
    pause(500),
    ...keys.flatMap(key => [press(key), pause(500)]),
    receive('BYE'),
    replyInside('200 OK'),
  ].join('\n');
