import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { brotliCompress, constants } from 'node:zlib';
import { promisify } from 'node:util';
import { renderPage } from './page.tsx';
import { chooseLanguage, isLanguage, type Language, wordsFor } from '../words/index.ts';
import { type Address, type ClientAddressOf } from './address.ts';
import type { Assets } from './assets.ts';
import { type BrowserCookies, cookieName } from './browser.ts';
import type { Visit } from './visit.ts';

/** How the organisation presents itself, by language. */
export interface Organisation {
  readonly name: Readonly<Record<Language, string>>;
  readonly help: Readonly<Record<Language, string>>;
}

/** What routes use to know who knocks, and to answer with a page. */
export interface Pages {
  visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit>;
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: VNode,
    options?: { status?: number; language?: Language | undefined },
  ): Promise<FastifyReply>;
}

const brotli = promisify(brotliCompress);
/** Below this size a page fits into the first packets anyway. */
const worthCompressing = 2048;

export function openPages(deps: {
  secure: boolean;
  browsers: BrowserCookies;
  assets: Assets;
  addressOf: ClientAddressOf;
  organisation(): Promise<Organisation>;
  fallbackLanguage: Language;
  isTrusted(address: Address): Promise<boolean>;
  /** what a session adds: the person's language, and who the browser knows */
  known(request: FastifyRequest): Promise<{ language?: string | undefined; knownTo: Visit['knownTo']; sessionCookie: string | undefined }>;
}): Pages {
  const languageCookie = cookieName('genkan-language', deps.secure);

  async function languageOf(request: FastifyRequest, asked: Language | undefined): Promise<Language> {
    const chosen = request.cookies[languageCookie] ?? '';
    if (isLanguage(chosen)) return chosen;
    const { language } = await deps.known(request);
    return chooseLanguage({
      uiLocales: asked,
      preferred: language,
      acceptLanguage: request.headers['accept-language'],
      fallback: deps.fallbackLanguage,
    });
  }

  return {
    async visit(request, reply) {
      const place = deps.addressOf(request.raw);
      const [language, trustedNetwork, known] = await Promise.all([
        languageOf(request, undefined),
        place ? deps.isTrusted(place) : false,
        deps.known(request),
      ]);
      return {
        browser: deps.browsers.of(request, reply),
        knownTo: known.knownTo,
        sessionCookie: known.sessionCookie,
        address: place?.text,
        place,
        trustedNetwork,
        clientType: 'browser',
        language,
        userAgent: request.headers['user-agent'],
      };
    },
    async send(request, reply, page, options = {}) {
      const language = await languageOf(request, options.language);
      const organisation = await deps.organisation();
      const html = renderPage(
        {
          language,
          words: wordsFor(language),
          csrf: deps.browsers.formToken(deps.browsers.of(request, reply)),
          organisation: { name: organisation.name[language], help: organisation.help[language] },
          asset: deps.assets.href,
          path: request.url.split('?')[0] ?? '/',
          number: request.id,
        },
        page,
      );
      reply
        .code(options.status ?? 200)
        .type('text/html; charset=utf-8')
        .header('Content-Language', language)
        .header('Vary', 'Accept-Language, Accept-Encoding, Cookie');
      if (html.length < worthCompressing || !/\bbr\b/.test(request.headers['accept-encoding'] ?? ''))
        return reply.send(html);
      const compressed = await brotli(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
      return reply.header('Content-Encoding', 'br').send(compressed);
    },
  };
}

