import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/kit/testing.ts';
import { isBound } from '../bound.ts';
import { makeCertificate, missing, type Program, startProgram, untilServes } from './programs.ts';

const kamailio = '/usr/sbin/kamailio';

export const kamailioIsMissing = missing(
  kamailio,
  '/usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so',
  '/usr/bin/openssl',
);

export const password = 'a secret of kamailio';

/** A proxy that lets nobody call without a password, stays in the way of every call, and knows who registered. */
export interface Kamailio extends Program {
  readonly port: number;
  readonly tlsPort: number;
  /** whom to trust, in PEM */
  readonly ca: string;
  close(): Promise<void>;
}

export async function startKamailio(options: {
  readonly algorithm: 'MD5' | 'SHA-256';
  /** the port of the phone behind it */
  readonly phone: number;
  /** the same ports as before, after a restart */
  readonly ports?: { readonly port: number; readonly tlsPort: number };
}): Promise<Kamailio> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-kamailio-'));
  const { port, tlsPort } = options.ports ?? { port: await freePort(), tlsPort: await freePort() };
  const { ca, cert, key } = makeCertificate(folder, '127.0.0.1');
  writeFileSync(
    join(folder, 'tls.cfg'),
    `[server:default]\nmethod = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\nprivate_key = ${key}\ncertificate = ${cert}\n`,
  );
  const file = join(folder, 'kamailio.cfg');
  writeFileSync(file, configuration({ ...options, port, tlsPort, folder }));
  const program = startProgram(
    kamailio,
    ['-f', file, '-m', '64', '-M', '8', '-DD', '-E', '-P', join(folder, 'pid'), '-Y', folder],
    folder,
  );
  await untilServes(
    program,
    async () =>
      isBound('tcp', port) && isBound('tcp', tlsPort) && isBound('udp', port) && (await answers(port)),
  );
  return {
    ...program,
    port,
    tlsPort,
    ca: readFileSync(ca, 'utf8'),
    async close() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether its processes are at work, which are there later than its ports. */
async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const question = [
      `OPTIONS sip:127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKthere;rport`,
      'From: <sip:test@127.0.0.1>;tag=test',
      `To: <sip:127.0.0.1:${port}>`,
      'Call-ID: there',
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 70',
      'Content-Length: 0',
    ];
    socket.send(`${question.join('\r\n')}\r\n\r\n`, port, '127.0.0.1');
    return await Promise.race([once(socket, 'message').then(() => true), sleep(1000, false)]);
  } finally {
    socket.close();
  }
}

const configuration = (at: {
  algorithm: string;
  phone: number;
  port: number;
  tlsPort: number;
  folder: string;
}): string => `
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
alias="pbx.test"
enable_tls=yes
listen=udp:127.0.0.1:${at.port}
listen=tcp:127.0.0.1:${at.port}
listen=tls:127.0.0.1:${at.tlsPort}
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
${['tls', 'kex', 'tm', 'tmx', 'sl', 'rr', 'pv', 'xlog', 'maxfwd', 'textops', 'siputils', 'auth', 'usrloc', 'registrar'].map(name => `loadmodule "${name}.so"`).join('\n')}
modparam("tls", "config", "${at.folder}/tls.cfg")
modparam("auth", "qop", "auth")
modparam("auth", "algorithm", "${at.algorithm}")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", 1)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK") && t_check_trans()) { t_relay(); exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("pbx.test", "${password}", "0")) { www_challenge("pbx.test", "1"); exit; }
    xlog("L_NOTICE", "registered $fU at $ct\\n");
    save("location");
    exit;
  }
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  if (!pv_proxy_authenticate("pbx.test", "${password}", "0")) { proxy_challenge("pbx.test", "1"); exit; }
  consume_credentials();
  record_route();
  $du = "sip:127.0.0.1:${at.phone}";
  t_relay();
}
`;
