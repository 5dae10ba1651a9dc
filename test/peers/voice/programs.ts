import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { until } from '../../../src/kit/testing.ts';

export const missing = (...paths: readonly string[]): string | false =>
  paths.every(path => existsSync(path))
    ? false
    : 'apt-get install sip-tester baresip-core kamailio kamailio-tls-modules dnsmasq-base openssl';

/** A program that runs until the test lets it go. */
export interface Program {
  readonly child: ChildProcess;
  /** what it printed */
  said(): string;
  /** its exit code */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export function startProgram(command: string, args: readonly string[], cwd: string): Program {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-200_000);
    });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  return {
    child,
    // without the meter that some write many times a second
    said: () => printed.replace(/\r|\[\d:\d\d:\d\d\] audio=\S+ \(bit\/s\)\s*/g, ''),
    ended,
    async stop() {
      process.off('exit', kill);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const late = setTimeout(kill, 3000);
        await ended;
        clearTimeout(late);
      }
    },
  };
}

/** Waits until it is so; a program that ended before will not come to that any more. */
export async function untilServes(program: Program, isSo: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => program.child.exitCode !== null || (await isSo()), program.said);
  if (program.child.exitCode !== null) throw new Error(`it ended: ${program.said()}`);
}

/** This machine's own address: some phones write it into their descriptions whatever they listen at. */
export const ownAddress = (): string =>
  Object.values(networkInterfaces())
    .flat()
    .find(one => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1';

/** A certificate for an address, and the authority that gave it. */
export function makeCertificate(folder: string, address: string): { ca: string; cert: string; key: string } {
  const file = (name: string): string => `${folder}/${name}`;
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl(
    'req',
    '-x509',
    ...made,
    '-subj',
    '/CN=Test authority',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  );
  openssl(
    'req',
    '-x509',
    ...made,
    '-subj',
    '/CN=proxy',
    '-addext',
    `subjectAltName=IP:${address}`,
    '-addext',
    'basicConstraints=critical,CA:FALSE',
    '-CA',
    file('ca.pem'),
    '-CAkey',
    file('ca.key'),
    '-keyout',
    file('key.pem'),
    '-out',
    file('cert.pem'),
  );
  return { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
}
