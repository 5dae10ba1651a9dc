import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { pino } from 'pino';
import { openApp } from './app.ts';
import type { Configuration } from './config/index.ts';
import { type Foundation, openFoundation } from './foundation.ts';
import { checkGateways, type Delivery, type Gateways, openFileMail, openGateways } from './gateways/index.ts';
import { openAssets } from './http/assets.ts';
import type { Pages } from './http/pages.ts';
import { whyNotListening } from './http/port.ts';
import type { Clock } from './kit/clock.ts';
import { restAfterWork } from './kit/rest.ts';

export interface Running {
  readonly foundation: Foundation;
  readonly delivery: Delivery;
  close(): Promise<void>;
}

/** What a demo adds to a server, and a server in production cannot have. */
export interface Extra {
  gateways(foundation: Foundation): Gateways;
  readonly pages: readonly ((pages: Pages) => FastifyPluginAsync)[];
}

/** Opens everything and listens. Whatever was opened is closed again when something fails on the way. */
export async function start(options: {
  configuration: Configuration;
  /** the folder of the build: scripts, styles, sounds */
  assets: readonly string[];
  say(line: string): void;
  logger?: FastifyBaseLogger;
  clock?: Clock;
  extra?: (foundation: Foundation) => Promise<Extra>;
}): Promise<Running> {
  const { configuration, say } = options;
  const logger: FastifyBaseLogger = options.logger ?? pino({ level: configuration.logLevel });
  checkGateways(configuration.gateways);
  const foundation = await openFoundation({
    configuration,
    as: 'server',
    say,
    ...(options.clock ? { clock: options.clock } : {}),
    // Not the error as it is: with it comes its whole connection.
    onIdleError: ({ message }) => logger.warn({ reason: message }, 'a connection to the database broke'),
  });
  try {
    const extra = await options.extra?.(foundation);
    const assets = openAssets(options.assets);
    const gateways =
      extra?.gateways(foundation) ??
      gatewaysOf(foundation, (level, message, detail) => logger[level](detail, message));
    const app = await openApp({
      foundation,
      assets,
      gateways,
      logger,
      ...(extra ? { extra: extra.pages } : {}),
    }).catch(async (error: unknown) => {
      // A gateway that goes on connecting would keep the process alive.
      const { text, voice, mail } = gateways;
      await Promise.all([...text, ...voice, ...mail].map(gateway => gateway.close()));
      throw error;
    });
    // What rang in the process before this one rings no more. Beside others, it is known once they are silent.
    if (foundation.alone) await app.delivery.endCallsLeft('everybody');
    const { host, port } = configuration.listen;
    try {
      await app.server.listen({ host, port });
    } catch (error) {
      await app.close();
      const setting = 'listen.port in the configuration, or GENKAN_LISTEN_PORT';
      throw whyNotListening(error, { host, port, setting });
    }
    const resting = restAfterWork();
    return {
      foundation,
      delivery: app.delivery,
      async close() {
        resting.stop();
        await app.close();
        await foundation.close();
      },
    };
  } catch (error) {
    await foundation.close();
    throw error;
  }
}

/** Texts and calls as the configuration says; mail goes to a folder. */
export function gatewaysOf(
  { configuration: { dataFolder, url, gateways }, storage, clock }: Foundation,
  log: (level: 'info' | 'warn', message: string, detail: Readonly<Record<string, unknown>>) => void,
): Gateways {
  const phones = openGateways(gateways, id => ({
    clock,
    url,
    dataFolder,
    key: purpose => storage.sealer.key(`gateway ${id} ${purpose}`),
    log: (level, message, detail) => log(level, message, { gateway: id, ...detail }),
  }));
  const mail = openFileMail({
    folder: join(dataFolder, 'mail'),
    from: `genkan@${new URL(url).hostname}`,
    clock,
  });
  return { ...phones, mail: [mail] };
}

/** Runs until the process is asked to stop; then answers what is under way, and leaves. */
export async function untilStopped(running: Running, say: (line: string) => void): Promise<void> {
  const asked = new Promise<NodeJS.Signals>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal));
  });
  await asked;
  say('Stopping.');
  await running.close();
}
