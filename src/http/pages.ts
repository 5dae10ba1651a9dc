import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import {
  chooseLanguage,
  isLanguage,
  type Language,
  languages,
  organisationIn,
  wordsFor,
} from '../words/index.ts';
import type { Address } from './address.ts';
import type { Assets } from './assets.ts';
import type { BrowserCookies } from './browser.ts';
import { languageCookie } from './language-switch.ts';
import { renderPage } from './page.tsx';
import type { Visit } from './visit.ts';

/** How the organisation presents itself, by language. */
export interface Organisation {
  readonly name: Readonly<Record<Language, string>>;
  readonly help: Readonly<Record<Language, string>>;
  readonly language: Language;
  readonly timeZone: string;
}

/** What routes use to know who knocks, and to answer with a page. */
export interface Pages {
  visit(request: FastifyRequest, reply: FastifyReply): Promise<Visit>;
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: JSX.Element,
    options?: SendOptions,
  ): Promise<FastifyReply>;
}

export interface SendOptions {
  readonly status?: number;
  /** what the application asked for, when the page belongs to one */
  readonly language?: Language | undefined;
  /**
   * In answer to a form of another site: its browser did not bring our cookies, and must not get new
   * ones in their place. The page has no form of ours.
   */
  readonly fromElsewhere?: true;
  /** It cannot be asked for again: what it tells is told once. */
  readonly once?: true;
  /** Something failed, perhaps the database: the page does without what cannot be asked now. */
  readonly inTrouble?: true;
}

const none = Object.fromEntries(languages.map(language => [language, ''])) as Record<Language, string>;

/**
 * At once, on this thread: handing a page of a few kB to another one costs as much again as compressing it.
 * The fourth quality takes twice the time of the third, for the last thirtieth of the size. A page as long as the list
 * of countries, which is asked for once in a registration, loses a seventh of its size by the fifth, in 0.6 ms.
 */
const compressed = (html: string): Buffer =>
  brotliCompressSync(html, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: html.length < long ? 3 : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: html.length,
    },
  });
const long = 12 * 1024;
/**
 * Below this size a page arrives at once anyway: a connection begins with ten packets, of some 14 kB together
 * (RFC 6928). In Japanese a letter is three bytes.
 */
const worthCompressing = 6 * 1024;

export function openPages(deps: {
  secure: boolean;
  browsers: BrowserCookies;
  assets: Pick<Assets, 'href'>;
  addressOf(request: IncomingMessage): Address | undefined;
  organisation(): Promise<Organisation>;
  isTrusted(address: Address): Promise<boolean>;
  /** what a session adds: the person's language, and who the browser knows */
  known(request: IncomingMessage): Promise<{
    language: string | undefined;
    knownTo: Visit['knownTo'];
    sessionCookie: string | undefined;
  }>;
}): Pages {
  const chosen = languageCookie(deps.secure);

  const chosenBy = (request: FastifyRequest): Language | undefined => {
    const cookie = request.cookies[chosen] ?? '';
    return isLanguage(cookie) ? cookie : undefined;
  };

  /** What the person chose at the foot of the page, else the application's wish, their own, the browser's, the house's. */
  function languageOf(
    request: FastifyRequest,
    from: { asked: Language | undefined; own: string | undefined; house: Language },
  ): Language {
    return (
      chosenBy(request) ??
      chooseLanguage({
        uiLocales: from.asked,
        preferred: from.own,
        acceptLanguage: request.headers['accept-language'],
        fallback: from.house,
      })
    );
  }

  let latest: Organisation = { name: none, help: none, language: languages[0], timeZone: 'UTC' };

  /** How the page is to be addressed: in whose language, by which house. */
  async function addressed(
    request: IncomingMessage,
  ): Promise<{ own: string | undefined; house: Organisation }> {
    const [{ language: own }, house] = await Promise.all([deps.known(request), deps.organisation()]);
    latest = house;
    return { own, house };
  }

  return {
    async visit(request, reply) {
      const place = deps.addressOf(request.raw);
      const browser = deps.browsers.of(request, reply);
      const [trustedNetwork, known, organisation] = await Promise.all([
        place ? deps.isTrusted(place) : false,
        deps.known(request.raw),
        deps.organisation(),
      ]);
      return {
        browser,
        knownTo: known.knownTo,
        sessionCookie: known.sessionCookie,
        address: place?.text,
        place,
        trustedNetwork,
        language: languageOf(request, {
          asked: undefined,
          own: known.language,
          house: organisation.language,
        }),
        languageChosen: chosenBy(request) !== undefined,
        userAgent: request.headers['user-agent'],
      };
    },
    async send(request, reply, page, options = {}) {
      const csrf = options.fromElsewhere ? '' : deps.browsers.formToken(deps.browsers.of(request, reply));
      const asked = addressed(request.raw);
      const { own, house: organisation } = await (options.inTrouble
        ? asked.catch(() => ({ own: undefined, house: latest }))
        : asked);
      const language = languageOf(request, { asked: options.language, own, house: organisation.language });
      const html = renderPage(
        {
          language,
          words: wordsFor(language),
          csrf,
          organisation: {
            name: organisationIn(language, organisation.name),
            help: organisation.help[language] || undefined,
          },
          timeZone: organisation.timeZone,
          asset: deps.assets.href,
          path: request.method === 'GET' && !options.fromElsewhere && !options.once ? request.url : undefined,
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
      return reply.header('Content-Encoding', 'br').send(compressed(html));
    },
  };
}
