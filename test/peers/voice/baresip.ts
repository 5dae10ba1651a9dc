import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, freePorts, until } from '../../../src/kit/testing.ts';
import { missing, ownAddress, type Program, startProgram } from './programs.ts';

const modules = '/usr/lib/baresip/modules';
const media = await freePorts(100);

export const baresipIsMissing = missing(
  '/usr/bin/baresip',
  `${modules}/ctrl_tcp.so`,
  `${modules}/sndfile.so`,
);

export interface Happened {
  readonly type: string;
  readonly param: string;
  /** the line, of an event of a call: `sip:+819012345678@192.0.2.1:5060` */
  readonly line: string;
}

/** A person's telephone: it picks up, records what it hears, and presses keys when it is told to. */
export interface Baresip extends Program {
  readonly address: string;
  readonly port: number;
  readonly tlsPort: number;
  /** presses a key in the call that is on */
  press(key: string): void;
  /** what happened, as it told: CALL_INCOMING, CALL_ESTABLISHED, CALL_DTMF_START … */
  readonly events: Happened[];
  /** a word of its menu: `uanew`, `accept` … */
  command(word: string, params?: string): void;
  hangUp(): void;
  /** how many calls were recorded, the one that is on among them */
  recordings(): number;
  /** what was heard in the last call, 16-bit samples at 8 kHz */
  recording(): Int16Array;
  close(): Promise<void>;
}

export async function startBaresip(options: {
  /** what it speaks into the call, a WAV file at 8 kHz */
  readonly speaks: Buffer;
  /** the line of its account after the address, such as `;mediaenc=srtp-mand` */
  readonly account?: string;
  /** its certificate and key in one file, for TLS */
  readonly certificate?: string;
}): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-baresip-'));
  const address = ownAddress();
  const [port, control] = [await twoPorts(), await freePort()];
  const source = join(folder, 'speaks.wav');
  writeFileSync(source, options.speaks);
  writeFileSync(
    join(folder, 'config'),
    [
      `sip_listen ${address}:${port}`,
      ...(options.certificate ? [`sip_certificate ${options.certificate}`] : []),
      `audio_source aufile,${source}`,
      `audio_player aufile,${join(folder, 'player.wav')}`,
      'audio_srate 8000',
      'audio_channels 1',
      `rtp_ports ${media.from}-${media.to}`,
      `snd_path ${folder}`,
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `module_path ${modules}`,
      ...['g711.so', 'aufile.so', 'sndfile.so', 'srtp.so'].map(name => `module ${name}`),
      ...['account.so', 'menu.so', 'ctrl_tcp.so'].map(name => `module_app ${name}`),
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(folder, 'accounts'),
    `<sip:+819012345678@${address}:${port}>;regint=0;answermode=auto${options.account ?? ''}\n`,
  );
  writeFileSync(join(folder, 'contacts'), '');
  const program = startProgram('baresip', ['-f', folder], folder);
  const events: Happened[] = [];
  const socket = await controlling(control, program, event => events.push(event));
  const say = (command: string, params = ''): void => {
    const text = JSON.stringify({ command, params, token: 'test' });
    socket.write(`${Buffer.byteLength(text)}:${text},`);
  };
  const recorded = (): string[] => readdirSync(folder).filter(name => /^dump-.*-dec\.wav$/.test(name));
  const born = (name: string): number => statSync(join(folder, name)).birthtimeMs;
  return {
    ...program,
    address,
    port,
    tlsPort: port + 1,
    events,
    command: say,
    press: key => say('sndcode', key),
    hangUp: () => say('hangup'),
    recordings: () => recorded().length,
    recording() {
      const [file] = recorded().sort((a, b) => born(b) - born(a));
      if (!file)
        throw new Error(`nothing was recorded: ${readdirSync(folder).join(', ')}\n${program.said()}`);
      const wav = readFileSync(join(folder, file));
      const at = wav.indexOf('data') + 8;
      return Int16Array.from({ length: (wav.length - at) >> 1 }, (_, n) => wav.readInt16LE(at + 2 * n));
    },
    async close() {
      socket.destroy();
      await program.stop();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

/** One for SIP, and the next one, which it takes for TLS. */
async function twoPorts(): Promise<number> {
  for (;;) {
    const [port, next] = [await freePort(), await freePort()];
    if (next === port + 1) return port;
  }
}

/** Its control port speaks netstrings with JSON in them. */
async function controlling(port: number, program: Program, on: (event: Happened) => void): Promise<Socket> {
  let socket: Socket | undefined;
  await until(
    () =>
      new Promise<boolean>(resolve => {
        const trying = connect(port, '127.0.0.1');
        trying.once('connect', () => {
          socket = trying;
          resolve(true);
        });
        trying.once('error', () => resolve(false));
      }),
    program.said,
  );
  if (!socket) throw new Error('no control');
  let waiting = Buffer.alloc(0);
  socket.on('data', chunk => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const colon = waiting.indexOf(':');
      const length = Number(waiting.toString('latin1', 0, Math.max(colon, 0)));
      if (colon === -1 || waiting.length < colon + 1 + length + 1) return;
      const told = JSON.parse(waiting.toString('utf8', colon + 1, colon + 1 + length));
      waiting = waiting.subarray(colon + 2 + length);
      if (told.event)
        on({ type: String(told.type), param: String(told.param ?? ''), line: String(told.accountaor ?? '') });
    }
  });
  socket.on('error', () => undefined);
  return socket;
}

/** A WAV of telephone quality. */
export function wavOf(samples: Int16Array): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** How much two sounds are the same at the best offset: 1 for the same, 0 for strangers. */
export const likeness = (heard: Int16Array, spoken: Int16Array): number => bestPlace(heard, spoken).alike;

/** Where in what was heard something was spoken, if it was, and how much it is the same there. */
export function bestPlace(
  heard: Int16Array,
  spoken: Int16Array,
): { readonly at: number; readonly alike: number } {
  const piece = spoken.subarray(0, Math.min(spoken.length, 16_000));
  const norm = (of: Int16Array): number => Math.sqrt(of.reduce((sum, x) => sum + x * x, 0));
  const of = norm(piece);
  let best = { at: 0, alike: 0 };
  for (let offset = 0; offset + piece.length <= heard.length; offset++) {
    // Every eighth sample finds the place; the place itself is compared whole.
    let rough = 0;
    for (let n = 0; n < piece.length; n += 8) rough += (heard[offset + n] ?? 0) * (piece[n] ?? 0);
    if (rough * 8 < 0.5 * of * of) continue;
    const part = heard.subarray(offset, offset + piece.length);
    const whole = part.reduce((sum, x, n) => sum + x * (piece[n] ?? 0), 0);
    const alike = whole / (of * norm(part));
    if (alike > best.alike) best = { at: offset, alike };
  }
  return best;
}
