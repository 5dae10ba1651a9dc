import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { hashSecret, sameSecret } from '../kit/secrets.ts';
import { type Address, parseAddress } from './address.ts';

/** One way out of here that people depend on: texts, calls. */
export interface Way {
  readonly id: string;
  readonly kind: string;
  readonly state: 'up' | 'starting' | 'down';
}

/** For whoever watches: alive says that the process answers, ready that it can sign people in. */
export function healthRoutes(deps: {
  isReady(): Promise<boolean>;
  ways(): readonly Way[];
  metrics(): Promise<string>;
  /** whoever asks for metrics has it; without one, only this machine may ask */
  metricsToken: string | undefined;
  addressOf(request: FastifyRequest['raw']): Address | undefined;
}): FastifyPluginAsync {
  const mayRead = ({ raw, headers }: FastifyRequest): boolean => {
    if (deps.metricsToken !== undefined) {
      const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
      return sameSecret(hashSecret(given), hashSecret(deps.metricsToken));
    }
    // A proxy on this machine that nobody listed would make everybody look like this machine.
    const forwarded = ['x-forwarded-for', 'forwarded', 'via'].some(name => headers[name] !== undefined);
    return !forwarded && isThisMachine(deps.addressOf(raw));
  };

  return async server => {
    server.get('/livez', async (_request, reply) => reply.type('text/plain').send('ok\n'));
    server.get('/readyz', async (_request, reply) => {
      const gateways = deps.ways();
      if (!(await deps.isReady()))
        return reply
          .code(503)
          .header('Retry-After', '2')
          .send({ status: 'unavailable', database: 'down', gateways });
      // People can be signed in by what needs no telephone: one gateway that is down is no reason to take a node away.
      const status = gateways.some(({ state }) => state === 'down') ? 'degraded' : 'ready';
      return reply.send({ status, database: 'up', gateways });
    });
    server.get('/metrics', async (request, reply) =>
      mayRead(request)
        ? reply.type('text/plain; version=0.0.4; charset=utf-8').send(await deps.metrics())
        : reply
            .code(403)
            .type('text/plain')
            .send('metrics are for this machine, or for whoever has the token\n'),
    );
  };
}

function isThisMachine(address: Address | undefined): boolean {
  const plain = address && (parseAddress(address.text.replace(/^::ffff:/i, '')) ?? address);
  if (!plain) return false;
  return plain.family === 4 ? plain.text.startsWith('127.') : plain.value === 1n;
}
