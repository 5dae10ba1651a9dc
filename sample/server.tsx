import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { AuthorizationResponseError } from 'openid-client';
import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { chooseLanguage, isLanguage, type Language, wordsFor } from '../src/words/index.ts';
import { MovingOn, PageProvider } from '../web/ui/index.ts';
import { HomePage } from './pages.tsx';
import { openRelyingParty, type Registration } from './relying-party.ts';
import { openVisitors, type Told, type Visitor } from './visitors.ts';
import { sampleWords } from './words.ts';

/** REFEDS MFA: two different kinds of proof. */
const mfa = 'https://refeds.org/profile/mfa';

const visitorCookie = 'sample-visitor';
const languageCookie = 'sample-language';
const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

/** The sample application, listening on this machine. */
export async function startSample(options: Registration & { port: number; assets: string }) {
  const { url, assets } = options;
  const relyingParty = openRelyingParty(options);
  const visitors = openVisitors();
  const server = Fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  await server.register(cookie);
  await server.register(formbody);

  server.addHook('onRequest', async (_request, reply) => {
    reply.header('Content-Security-Policy', policy).header('Cache-Control', 'no-store');
    reply.header('X-Content-Type-Options', 'nosniff').header('Referrer-Policy', 'same-origin');
  });

  function visitorOf(request: FastifyRequest, reply: FastifyReply): Visitor {
    const { visitor, newCookie } = visitors.of(request.cookies[visitorCookie]);
    if (newCookie) reply.setCookie(visitorCookie, newCookie, cookieOptions);
    return visitor;
  }

  /** The visitor whose form this is: only our page knows the token. */
  function senderOf(request: FastifyRequest, reply: FastifyReply): Visitor | undefined {
    const { visitor } = visitors.of(request.cookies[visitorCookie]);
    const { csrf } = request.body as { csrf?: unknown };
    if (csrf === visitor.csrf) return visitor;
    reply.code(403);
    return undefined;
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    page: JSX.Element,
  ): FastifyReply {
    const language = languageOf(request);
    const context = {
      language,
      words: wordsFor(language),
      organisation: { name: sampleWords[language].organisation },
      csrf: visitor.csrf,
      path: '/',
      number: request.id,
      asset: (name: string) => `/assets/${name}`,
    };
    const html = renderToString(<PageProvider value={context}>{page}</PageProvider>);
    return reply.type('text/html; charset=utf-8').send(`<!doctype html>${html}`);
  }

  function home(reply: FastifyReply, visitor: Visitor, notice?: Told): FastifyReply {
    visitor.notice = notice;
    return reply.redirect('/', 303);
  }

  async function begin(request: FastifyRequest, reply: FastifyReply, acr?: string): Promise<FastifyReply> {
    const visitor = visitorOf(request, reply);
    try {
      const { to, pending } = await relyingParty.begin({
        locale: languageOf(request),
        ...(acr ? { acr } : {}),
      });
      visitor.pending = pending;
      return reply.redirect(to.href, 303);
    } catch (error) {
      console.error(error);
      return home(reply, visitor, { is: 'unreachable' });
    }
  }

  server.get('/', async (request, reply) => {
    const visitor = visitorOf(request, reply);
    const { tokens, notice } = visitor;
    visitor.notice = undefined;
    return send(request, reply, visitor, <HomePage tokens={tokens} notice={notice} />);
  });
  server.get('/sign-in', (request, reply) => begin(request, reply));
  server.get('/step-up', (request, reply) => begin(request, reply, mfa));

  server.get('/callback', async (request, reply) => {
    const visitor = visitorOf(request, reply);
    const { pending } = visitor;
    visitor.pending = undefined;
    if (!pending) return home(reply, visitor);
    try {
      visitor.tokens = await relyingParty.finish(new URL(request.url, url), pending);
      return home(reply, visitor);
    } catch (error) {
      return home(reply, visitor, refusalOf(error));
    }
  });

  server.post('/refresh', async (request, reply) => {
    const visitor = senderOf(request, reply);
    if (!visitor?.tokens) return home(reply, visitorOf(request, reply));
    try {
      visitor.tokens = await relyingParty.refresh(visitor.tokens);
      return home(reply, visitor, { is: 'refreshed' });
    } catch (error) {
      // The session behind the tokens is over: so is ours.
      visitor.tokens = undefined;
      return home(reply, visitor, refusalOf(error));
    }
  });

  server.post('/sign-out', async (request, reply) => {
    const visitor = senderOf(request, reply);
    if (!visitor?.tokens) return home(reply, visitorOf(request, reply));
    const to = await relyingParty.signOut(visitor.tokens);
    visitor.tokens = undefined;
    visitor.notice = { is: 'signed-out' };
    // A page and not a redirect: form-action would stop a form on its way to another origin.
    const { signOut } = sampleWords[languageOf(request)];
    return send(request, reply, visitor, <MovingOn title={signOut} to={to.href} link={signOut} />);
  });

  server.post('/backchannel-logout', async (request, reply) => {
    const { logout_token: token } = request.body as { logout_token?: unknown };
    try {
      visitors.signOut(await relyingParty.readLogout(String(token)));
      return reply.code(200).send();
    } catch (error) {
      console.error(`A logout token was refused: ${error instanceof Error ? error.message : error}`);
      return reply.code(400).send({ error: 'invalid_request' });
    }
  });

  server.post('/language', async (request, reply) => {
    const { language } = request.body as { language?: unknown };
    if (senderOf(request, reply) && typeof language === 'string' && isLanguage(language))
      reply.setCookie(languageCookie, language, cookieOptions);
    return reply.redirect('/', 303);
  });

  for (const [name, type] of [
    ['page.css', 'text/css; charset=utf-8'],
    ['submit.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    const content = readFileSync(join(assets, name));
    server.get(`/assets/${name}`, (_request, reply) => reply.type(type).send(content));
  }

  await server.listen({ host: 'localhost', port: options.port });
  return { close: () => server.close() };
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const languageOf = (request: FastifyRequest): Language => {
  const chosen = request.cookies[languageCookie] ?? '';
  if (isLanguage(chosen)) return chosen;
  return chooseLanguage({ acceptLanguage: request.headers['accept-language'], fallback: 'ja' });
};

function refusalOf(error: unknown): Told {
  if (error instanceof AuthorizationResponseError) return { is: 'refused', error: error.error };
  console.error(error);
  return { is: 'refused', error: error instanceof Error ? error.message : 'unknown' };
}
