import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '../../../src/kit/testing.ts';
import { isBound } from '../bound.ts';

const fakesmsc = '/usr/lib/kannel/test/fakesmsc';

export const kannelIsHere = (): boolean => existsSync('/usr/sbin/bearerbox') && existsSync(fakesmsc);

export interface Kannel {
  /** of its `sendsms` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** what the SMSC behind it was given, as it printed it */
  received(): string;
  /** The SMSC goes, and everything waits in Kannel. */
  stopCentre(): Promise<void>;
  accessLog(): string;
  close(): Promise<void>;
}

/**
 * Kannel's two boxes and its own SMSC for tests, each a process, all on loopback.
 * @param options.smppCentre the port of a centre that it binds to besides, under the name `smpp`
 */
export async function startKannel(options: { readonly smppCentre?: number } = {}): Promise<Kannel> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-kannel-'));
  const [admin, smsbox, sendsms, smsc] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const [username, password] = ['genkan', 'a password of kannel'];
  const file = join(folder, 'kannel.conf');
  writeFileSync(
    file,
    configuration({ folder, admin, smsbox, sendsms, smsc, username, password, ...options }),
  );
  const running: ChildProcess[] = [];
  let printed = '';
  const start = (command: string, ...args: string[]): ChildProcess => {
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        if (command === fakesmsc) printed += text;
      });
    running.push(child);
    return child;
  };
  const stop = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(late);
  };
  const stopAll = (): void => running.forEach(child => void child.kill('SIGKILL'));
  process.once('exit', stopAll);

  const log = (name: string): string => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  start('/usr/sbin/bearerbox', file);
  await until(
    () =>
      log('bearerbox.log').includes('MAIN: Start-up done') && isBound('tcp', smsc) && isBound('tcp', smsbox),
    () => log('bearerbox.log'),
  );
  const centre = start(fakesmsc, '-H', '127.0.0.1', '-r', String(smsc), '-i', '1', '-m', '0', '1 2 text nop');
  start('/usr/sbin/smsbox', file);
  const url = `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`;
  await until(
    async () => (await fetch(url).catch(() => undefined)) !== undefined,
    () => log('smsbox.log'),
  );
  await until(
    () => log('bearerbox.log').includes('Connection authenticated') || printed !== '',
    () => printed,
  );

  return {
    url,
    username,
    password,
    received: () => printed,
    stopCentre: () => stop(centre),
    accessLog: () => log('smsbox-access.log') + log('access.log'),
    async close() {
      for (const child of running.toReversed()) await stop(child);
      process.off('exit', stopAll);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (of: {
  folder: string;
  admin: number;
  smsbox: number;
  sendsms: number;
  smsc: number;
  username: string;
  password: string;
  smppCentre?: number;
}): string => `
group = core
admin-port = ${of.admin}
admin-interface = 127.0.0.1
admin-password = unused
smsbox-port = ${of.smsbox}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
dlr-storage = internal
log-file = "${of.folder}/bearerbox.log"
access-log = "${of.folder}/access.log"
log-level = 0

group = smsc
smsc = fake
smsc-id = centre
denied-smsc-id = smpp
port = ${of.smsc}
connect-allow-ip = "127.0.0.1"

${of.smppCentre === undefined ? '' : overSmpp(of.smppCentre)}
group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${of.sendsms}
sendsms-interface = 127.0.0.1
log-file = "${of.folder}/smsbox.log"
access-log = "${of.folder}/smsbox-access.log"
log-level = 0

group = sendsms-user
username = ${of.username}
password = "${of.password}"
concatenation = true
max-messages = 3

group = sms-service
keyword = default
text = "no"
max-messages = 0
`;

const overSmpp = (port: number): string => `
group = smsc
smsc = smpp
smsc-id = smpp
allowed-smsc-id = smpp
host = 127.0.0.1
port = ${port}
transceiver-mode = true
smsc-username = kannel
smsc-password = secret
system-type = ""
interface-version = 34
reconnect-delay = 1
`;
