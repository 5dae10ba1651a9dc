import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '../../../src/kit/testing.ts';
import { isBound } from '../bound.ts';

const stunnel = '/usr/bin/stunnel4';

export const netSmppIsHere = (): boolean =>
  existsSync(stunnel) && spawnSync('perl', ['-MNet::SMPP', '-MJSON::PP', '-e', '1']).status === 0;

/** A line of what the centre tells: see smsc.pl. */
export type Told = { readonly is: string } & Readonly<Record<string, unknown>>;

export interface NetSmpp {
  readonly port: number;
  readonly told: readonly Told[];
  all(is: string): readonly Told[];
  /** `late`: what it was sent is answered now. */
  answerNow(): void;
  close(): Promise<void>;
}

/** The centre of Net::SMPP, a process of its own. */
export async function startNetSmpp(how: Readonly<Record<string, string | number>> = {}): Promise<NetSmpp> {
  const told: Told[] = [];
  let said = '';
  // One that is kept for it while it is started again.
  const settings = { port: await freePort(), ...how };
  const child = spawn(
    'perl',
    [
      join(import.meta.dirname, 'smsc.pl'),
      ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) told.push(JSON.parse(line) as Told);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const stop = endOf(child);
  await until(
    () => told.length > 0,
    () => said,
  );
  return {
    port: Number(told[0]?.port),
    told,
    all: is => told.filter(line => line.is === is),
    answerNow: () => void child.kill('SIGUSR1'),
    close: stop,
  };
}

/** stunnel before a centre, with a certificate for `localhost` that nobody else trusts. */
export async function startStunnel(
  port: number,
): Promise<{ readonly port: number; readonly certificate: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-stunnel-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  const outside = await freePort();
  const configuration = join(folder, 'stunnel.conf');
  writeFileSync(
    configuration,
    `foreground = yes
pid =
debug = notice
sslVersionMin = TLSv1.2
[smpp]
accept = 127.0.0.1:${outside}
connect = 127.0.0.1:${port}
cert = ${certificate}
key = ${key}
`,
  );
  let said = '';
  const child = spawn(stunnel, [configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const stop = endOf(child);
  await until(
    () => said.includes('Configuration successful') && isBound('tcp', outside),
    () => said,
  );
  return {
    port: outside,
    certificate,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How to end a process, which also ends with us. */
function endOf(child: ChildProcess): () => Promise<void> {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    process.off('exit', kill);
  };
}
