import type { FastifyInstance } from 'fastify';
import type { BrowserCookies } from './browser.ts';
import { Problem } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called by machines that carry a credential of their own in the request, and no cookie. */
    machine?: true;
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Every request that can change something comes from a page of ours, in the browser that the page
 * was made for. Three proofs, all of them: where the browser says it comes from (Fetch Metadata),
 * the Origin (RFC 6454 §7), and a token that only our page could know. A route does not ask for
 * this; it would have to declare itself a machine's to be without.
 */
export function guardForms(
  server: FastifyInstance,
  { origin, browsers }: { origin: string; browsers: BrowserCookies },
): void {
  server.addHook('preHandler', async (request, reply) => {
    if (reading.has(request.method) || request.routeOptions.config.machine) return;
    const { 'sec-fetch-site': site, origin: from } = request.headers;
    if (site !== undefined && site !== 'same-origin') throw new Problem('not-same-site');
    if (from !== undefined && from !== origin) throw new Problem('not-same-site');
    const browser = browsers.of(request, reply);
    if (!browser.returned) throw new Problem('cookies-refused');
    const body = request.body as { csrf?: unknown } | undefined;
    const token = typeof body?.csrf === 'string' ? body.csrf : '';
    if (!browsers.isFormToken(browser, token)) throw new Problem('not-same-site');
  });
}
