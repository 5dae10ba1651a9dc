import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openReception, type Reception, readRtp } from '../src/wire/rtp/index.ts';

/** What the kernel saw on the wire, with its own clock: no process that listens can be late for it. */
export interface Capture {
  /** Stops, and says of each stream how it jittered, in milliseconds (RFC 3550 §6.4.1). */
  stop(): Promise<{ readonly jitters: readonly number[]; readonly gaps: readonly number[] }>;
}

const dumpcap = '/usr/bin/dumpcap';
/** Ethernet, IPv4 without options, UDP, and the header of RTP. */
const snapLength = 14 + 20 + 8 + 12;

/** Nothing where there is no `dumpcap`, or where it may not listen. */
export async function captureFrom(ports: { from: number; to: number }): Promise<Capture | undefined> {
  if (!existsSync(dumpcap) || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'genkan-capture-'));
  const file = join(folder, 'wire.pcap');
  const filter = `udp and src portrange ${ports.from}-${ports.to}`;
  const options = ['-i', 'lo', '-P', '-q', '-B', '64', '-s', `${snapLength}`, '-f', filter, '-w', file];
  const child = spawn(dumpcap, options, { stdio: 'ignore' });
  for (let n = 0; n < 100 && !existsSync(file); n++) await pause(50);
  return { stop: () => stopped(child, folder, file) };
}

async function stopped(child: ChildProcess, folder: string, file: string) {
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
  const streams = new Map<number, { reception: Reception; last: number; gaps: number[] }>();
  for (const { at, port, payload } of packetsIn(readFileSync(file))) {
    const packet = readRtp(payload);
    // RTCP goes from the odd ports
    if ('malformed' in packet || port % 2 === 1) continue;
    const known = streams.get(port);
    if (known) {
      known.gaps.push(at - known.last);
      known.last = at;
      known.reception.take(packet, at * 8);
    } else streams.set(port, { reception: openReception(packet), last: at, gaps: [] });
  }
  rmSync(folder, { recursive: true });
  const all = [...streams.values()];
  return { jitters: all.map(one => one.reception.heard().jitter / 8), gaps: all.flatMap(one => one.gaps) };
}

/** Reads a file of libpcap with packets of Ethernet, in the order of this machine. */
function* packetsIn(file: Buffer): Generator<{ at: number; port: number; payload: Buffer }> {
  const inNanoseconds = file.readUInt32LE(0) === 0xa1b23c4d;
  const first = file.readUInt32LE(24);
  for (let at = 24; at + 16 <= file.length; ) {
    const length = file.readUInt32LE(at + 8);
    const packet = file.subarray(at + 16, at + 16 + length);
    // since the first second, so that the fractions are kept
    const seconds = file.readUInt32LE(at) - first;
    const fraction = file.readUInt32LE(at + 4) / (inNanoseconds ? 1e6 : 1e3);
    if (packet.length >= snapLength)
      yield { at: seconds * 1000 + fraction, port: packet.readUInt16BE(34), payload: packet.subarray(42) };
    at += 16 + length;
  }
}
