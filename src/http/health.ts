import type { FastifyPluginAsync } from 'fastify';

/** For whoever watches: alive says that the process answers, ready that it can sign people in. */
export function healthRoutes(deps: { isReady(): Promise<boolean> }): FastifyPluginAsync {
  return async server => {
    server.get('/livez', async (_request, reply) => reply.type('text/plain').send('ok\n'));
    server.get('/readyz', async (_request, reply) =>
      (await deps.isReady())
        ? reply.type('text/plain').send('ok\n')
        : reply
            .code(503)
            .header('Retry-After', '2')
            .type('text/plain')
            .send('the database does not answer\n'),
    );
  };
}
