import { flushCompileCache } from 'node:module';
import { pino } from 'pino';
import { loadConfiguration } from '../../../src/config/index.ts';
import type { Foundation } from '../../../src/foundation.ts';
import { openFileMail } from '../../../src/gateways/index.ts';
import { start, untilStopped } from '../../../src/main.ts';
import { networkOfParent } from './network.ts';

/** What the parent says of the product that it starts. */
export interface Wish {
  /** as in a configuration file */
  readonly configuration: Record<string, unknown>;
  readonly assets: readonly string[];
  readonly mailFolder: string;
}

/** The product as it is in production; its telephone network is the parent process, unless gateways are configured. */
export async function serveForParent(): Promise<void> {
  const wish = JSON.parse(process.argv[2] ?? '{}') as Wish;
  const network = networkOfParent();
  const mail = ({ clock }: Foundation) =>
    openFileMail({ folder: wish.mailFolder, from: 'genkan@localhost', clock });
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const running = await start({
    configuration: loadConfiguration({ env: {}, defaults: wish.configuration }),
    assets: wish.assets,
    say,
    logger: pino({ level: 'info' }, pino.destination(2)),
    ...(wish.configuration.gateways === undefined
      ? {
          extra: async () => ({
            gateways: (foundation: Foundation) => ({
              text: [network.text],
              voice: [network.voice],
              mail: [mail(foundation)],
            }),
            pages: [],
          }),
        }
      : {}),
  });
  // Whoever is killed writes nothing at its end.
  flushCompileCache();
  process.send?.({ is: 'ready' });
  await untilStopped(running, say);
  process.disconnect();
}
