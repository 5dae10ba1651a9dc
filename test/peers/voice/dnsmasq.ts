import { Resolver } from 'node:dns/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Names } from '../../../src/gateways/voice/sip/resolve.ts';
import { missing, startProgram, untilServes } from './programs.ts';

const program = '/usr/sbin/dnsmasq';
export const dnsmasqIsMissing = missing(program);

/** One line of a zone: where a service is, or which address a host has. */
export type Line =
  | {
      readonly service: string;
      readonly host: string;
      readonly port: number;
      readonly priority: number;
      readonly weight: number;
    }
  | { readonly host: string; readonly address: string };

/** A name service that answers for the zone `test`, and for nothing else. */
export interface NameService {
  /** what was asked of it, as `SRV _sip._udp.pbx.test` */
  asked(): readonly string[];
  stop(): Promise<void>;
}

export async function startDnsmasq(port: number, zone: readonly Line[]): Promise<NameService> {
  const folder = mkdtempSync(join(tmpdir(), 'genkan-dnsmasq-'));
  const lines = zone.map(line =>
    'service' in line
      ? `--srv-host=${line.service},${line.host},${line.port},${line.priority},${line.weight}`
      : `--host-record=${line.host},${line.address}`,
  );
  const running = startProgram(
    program,
    [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--pid-file='],
      ...['--listen-address=127.0.0.1', '--bind-interfaces', `--port=${port}`, '--local=/test/'],
      ...['--log-queries', '--log-facility=-', ...lines],
    ],
    folder,
  );
  await untilServes(running, () => /started, version/.test(running.said()));
  return {
    asked: () =>
      [...running.said().matchAll(/query\[([A-Z]+)\] (\S+)/g)].map(([, type, name]) => `${type} ${name}`),
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks that name service by Node's own resolver, as the system's is asked. */
export function namesAt(port: number): Names {
  const resolver = new Resolver({ timeout: 10_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return {
    srv: name => resolver.resolveSrv(name).catch(() => []),
    addresses: host => resolver.resolve4(host).catch(() => []),
  };
}
