import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import type { Address } from '../http/address.ts';
import { openAllowance } from '../http/allowance.ts';
import type { Clock } from '../kit/clock.ts';
import { seconds } from '../kit/clock.ts';
import type { TextGateway, VoiceGateway } from './gateway.ts';

/**
 * What providers call: `/gateways/<id>/…`. These requests come from machines that sign them, so that they
 * need no form token; whoever signs wrongly twenty times in a row waits.
 */
export function webhookRoutes(deps: {
  gateways: readonly (TextGateway | VoiceGateway)[];
  clock: Clock;
  addressOf(request: IncomingMessage): Address | undefined;
}): FastifyPluginAsync {
  const { clock, addressOf } = deps;
  const failures = openAllowance({ clock, atOnce: 20, every: seconds(3) });
  return async server => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    server.addHook('onRoute', route => {
      route.config = { ...route.config, machine: true };
      route.bodyLimit = 16 * 1024;
    });
    server.addHook('onRequest', async (request, reply) => {
      const until = failures.heldUntil(addressOf(request.raw));
      if (until === undefined) return;
      const wait = Math.ceil((until - clock.now()) / 1000);
      return reply.code(429).header('Retry-After', String(wait)).type('text/plain').send('later\n');
    });
    server.addHook('onResponse', async (request, reply) => {
      if (reply.statusCode === 401 || reply.statusCode === 403) failures.count(addressOf(request.raw));
    });
    for (const { id, routes } of deps.gateways)
      if (routes) await server.register(routes, { prefix: `/gateways/${id}` });
  };
}
