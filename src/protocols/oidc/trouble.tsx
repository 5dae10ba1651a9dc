import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Pages } from '../../http/pages.ts';
import { Problem } from '../../http/problems.ts';
import { referenceOf } from '../../kit/reference.ts';
import { TroublePage } from './pages.tsx';
import type { Trouble } from './unit.ts';

const path = '/oidc-interaction/trouble';

/** Pages for what cannot be told to an application. */
export interface Troubles {
  /**
   * Hands the request over to our own server, which answers it with a page. What went wrong travels
   * beside the request: nobody can make up such a page with an address.
   */
  show(ctx: KoaContextWithOIDC, trouble: Trouble): void;
  readonly routes: FastifyPluginAsync;
}

export function openTroubles(pages: Pick<Pages, 'send'>): Troubles {
  const told = new WeakMap<IncomingMessage, Trouble & { status: number }>();
  let server: FastifyInstance | undefined;
  return {
    show(ctx, trouble) {
      if (!server) throw new Error('The pages of oidc are not mounted.');
      told.set(ctx.req, { ...trouble, status: ctx.status });
      ctx.respond = false;
      ctx.req.method = 'GET';
      ctx.req.url = path;
      server.routing(ctx.req, ctx.res);
    },
    async routes(instance) {
      server = instance;
      instance.get(path, async (request, reply) => {
        const trouble = told.get(request.raw);
        if (!trouble) throw new Problem('not-found');
        const number = referenceOf(request.id);
        request.log.warn({ trouble, number }, 'the request of an application was refused');
        return pages.send(request, reply, <TroublePage trouble={trouble} number={number} />, {
          status: trouble.status,
        });
      });
    },
  };
}
