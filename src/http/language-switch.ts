import type { FastifyPluginAsync } from 'fastify';
import { days } from '../kit/clock.ts';
import { isLanguage } from '../words/index.ts';
import { cookieName, cookieOptions } from './browser.ts';
import { fieldsOf } from './fields.ts';

export const languageCookie = (secure: boolean): string => cookieName('genkan-language', secure);

/** The language that a person chose at the foot of a page, for this browser. */
export function languageRoutes({ secure }: { secure: boolean }): FastifyPluginAsync {
  return async server => {
    server.post('/language', async (request, reply) => {
      const { language = '', back = '/' } = fieldsOf(request);
      if (isLanguage(language))
        reply.setCookie(languageCookie(secure), language, cookieOptions(secure, days(365)));
      // Only a path of ours: `//elsewhere` and `/\elsewhere` are addresses of others.
      return reply.redirect(/^\/(?![/\\])[^\s\\]*$/.test(back) ? back : '/', 303);
    });
  };
}
