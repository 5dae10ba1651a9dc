import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Audit, RecentSignIn } from '../audit/index.ts';
import { countIn, type Person, portal, type Rules, registrationStartOf } from '../directory/index.ts';
import { fieldsOf } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import { Problem } from '../http/problems.ts';
import type { Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import type { CredentialId } from '../kit/ids.ts';
import type { AnyMethod, Credential } from '../methods/method.ts';
import type { RecoveryCodes } from '../methods/recovery-code/index.ts';
import type { MethodId } from '../policies/index.ts';
import type { Notices, RegistrationEngine } from '../registration/index.ts';
import type { Sessions, StartedSession } from '../sessions/index.ts';
import type { Judge, SignInEngine } from '../sign-in/index.ts';
import type { Storage } from '../storage/index.ts';
import { wordsFor } from '../words/index.ts';
import { type Here, openGuards } from './guards.ts';
import {
  AccountPage,
  AppsPage,
  DevicesPage,
  RemovePage,
  SecurityInfoPage,
  SignedOutPage,
  SignInsPage,
} from './pages.tsx';
import { recoveryCodeRoutes } from './recovery-codes.tsx';
import { renameRoutes } from './rename.tsx';

interface Deps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly pages: Pages;
  readonly sessions: Sessions;
  readonly engine: SignInEngine<StartedSession>;
  readonly judge: Judge;
  readonly registration: RegistrationEngine;
  readonly methods: readonly AnyMethod[];
  readonly notices: Notices;
  readonly recoveryCodes: RecoveryCodes;
  rules(): Promise<Rules>;
  notice(visit: Visit): Promise<string | undefined>;
  /** those that this person can open from here have an address */
  applications(): Promise<readonly { id: string; name: string; url: string | undefined }[]>;
}

/** A person's own pages: my apps, security info, recent sign-ins, devices; and signing out. */
export function accountRoutes(deps: Deps): FastifyPluginAsync {
  const { pages, sessions, clock, storage, audit } = deps;

  const { signIn, signedIn, fresh, isEnough } = openGuards(deps);

  /** Applications by the names that people know them by. */
  async function named(recent: readonly RecentSignIn[], visit: Visit): Promise<readonly RecentSignIn[]> {
    const t = wordsFor(visit.language).account;
    const names = new Map<string | undefined, string>([
      [portal, t.accountTitle],
      ['security-info', t.securityInfo],
      ...(await deps.applications()).map(({ id, name }) => [id, name] as const),
    ]);
    return recent.map(signIn => ({
      ...signIn,
      application: names.get(signIn.application) ?? signIn.application,
    }));
  }

  async function credentialsOf(person: Person): Promise<Credential[]> {
    const own = deps.methods.filter(method => !method.lent);
    const all = await Promise.all(own.map(method => method.credentials(person.id)));
    return all.flat();
  }

  const isRegistered = ({ method }: Pick<Credential, 'method'>): boolean =>
    deps.methods.some(({ id, registration }) => id === method && registration !== undefined);
  const tablesOfRegistered = deps.methods.flatMap(({ table, registration }) =>
    table && registration ? [table] : [],
  );

  async function chosen(here: Here, named: { method?: string; credential?: string }) {
    const credentials = await credentialsOf(here.person);
    const credential = credentials.find(c => c.method === named.method && c.id === named.credential);
    const method = deps.methods.find(m => m.id === named.method);
    if (!credential || !method) throw new Problem('not-found');
    const last = isRegistered(credential) && credentials.filter(isRegistered).length === 1;
    return { credential, method, last };
  }

  const securityInfo = '/account/security-info';
  const here = (request: FastifyRequest): string => request.url;

  return async server => {
    server.get(
      '/',
      signedIn(async ({ visit, person }, request, reply) => {
        const [apps, credentials, rules, notice] = await Promise.all([
          deps.applications(),
          credentialsOf(person),
          deps.rules(),
          deps.notice(visit),
        ]);
        const startsAt = registrationStartOf(rules, person);
        const early = startsAt !== undefined && startsAt > clock.now() && !credentials.some(isRegistered);
        return pages.send(
          request,
          reply,
          h(AppsPage, {
            me: person,
            apps: apps.flatMap(({ name, url }) => (url ? [{ name, url }] : [])),
            notice,
            preRegister: early ? dateWords(visit, startsAt, rules.organisation.timeZone) : undefined,
          }),
        );
      }),
    );

    server.get(
      '/account',
      signedIn(async ({ person }, request, reply) =>
        pages.send(request, reply, h(AccountPage, { me: person, mail: person.mail })),
      ),
    );

    server.get<{ Querystring: { said?: string } }>(
      securityInfo,
      signedIn(async ({ person, visit }, request, reply) => {
        const t = wordsFor(visit.language).account;
        const sayings: Readonly<Record<string, string>> = {
          removed: t.removed,
          default: t.defaultSet,
          codes: wordsFor(visit.language).recovery.savedNow,
          renamed: wordsFor(visit.language).approval.renamed,
        };
        const all = await credentialsOf(person);
        const { said = '' } = request.query as { said?: string };
        return pages.send(
          request,
          reply,
          h(SecurityInfoPage, {
            me: person,
            credentials: all.filter(isRegistered),
            codes: all.find(({ method }) => method === 'recovery-code'),
            preferred: person.preferredMethod,
            renamable: ({ method }) =>
              deps.methods.some(({ id, rename }) => id === method && rename !== undefined),
            said: sayings[said],
          }),
        );
      }),
    );

    server.get(
      `${securityInfo}/add`,
      fresh(here, async ({ person, visit }, _request, reply) => {
        const { id } = await deps.registration.begin(
          { user: person.id, loginName: person.loginName, within: 'account', returnTo: securityInfo },
          visit,
        );
        return reply.redirect(`/registration/${id}`, 303);
      }),
    );

    // For whoever can show nothing else any more: the way to a new method, and nowhere else.
    server.get(`${securityInfo}/recover`, async (request, reply) => {
      const returnTo = `${securityInfo}/add`;
      const session = await sessions.current(request.raw);
      const target = { is: 'security-info' } as const;
      if (session && (await isEnough(request, reply, session, target))) return reply.redirect(returnTo, 303);
      return signIn(request, reply, { target, returnTo }, session);
    });

    renameRoutes(server, { fresh, pages, storage, audit, notices: deps.notices, chosen });
    recoveryCodeRoutes(server, { fresh, pages, codes: deps.recoveryCodes, securityInfo });

    server.get(
      `${securityInfo}/change`,
      fresh(here, async (at, request, reply) => {
        const { credential } = await chosen(at, request.query as { method?: string; credential?: string });
        const { id } = await deps.registration.begin(
          {
            user: at.person.id,
            loginName: at.person.loginName,
            within: 'account',
            returnTo: securityInfo,
            replacing: credential.id,
          },
          at.visit,
          { adding: { method: credential.method as MethodId, kind: credential.kind ?? '' } },
        );
        return reply.redirect(`/registration/${id}`, 303);
      }),
    );

    server.get(
      `${securityInfo}/remove`,
      fresh(here, async (at, request, reply) => {
        const { credential, last } = await chosen(
          at,
          request.query as { method?: string; credential?: string },
        );
        return pages.send(request, reply, h(RemovePage, { me: at.person, credential, last }));
      }),
    );

    server.post(
      `${securityInfo}/remove`,
      fresh(
        () => securityInfo,
        async (at, request, reply) => {
          const { credential, method } = await chosen(at, fieldsOf(request));
          const { securityInfo: rules } = await deps.rules();
          await storage.tx(async tx => {
            // Of two removals at once the second counts what the first one left.
            await tx
              .selectFrom('users')
              .select('id')
              .where('id', '=', at.person.id)
              .forUpdate()
              .executeTakeFirst();
            const registered = await countIn(tx, tablesOfRegistered, at.person.id);
            if (rules.lastMethod === 'stays' && isRegistered(credential) && registered <= 1)
              throw new Problem('security-info.last-method');
            if (!(await method.remove(tx, credential.id, at.person.id))) return;
            await audit.record(tx, {
              kind: 'credential.removed',
              user: at.person.id,
              actor: { is: 'user', id: at.person.id },
              address: at.visit.address,
              detail: { method: credential.method, kind: credential.kind, credential: credential.detail },
            });
            await deps.notices.tell(tx, { user: at.person.id, what: 'removed', credential });
          });
          return reply.redirect(`${securityInfo}?said=removed`, 303);
        },
      ),
    );

    server.post(
      `${securityInfo}/default`,
      fresh(
        () => securityInfo,
        async (at, request, reply) => {
          const wanted = fieldsOf(request).credential;
          const credential = (await credentialsOf(at.person)).find(
            c => c.id === (wanted as CredentialId) && isRegistered(c),
          );
          if (!credential) throw new Problem('not-found');
          await storage.tx(async tx => {
            await tx
              .updateTable('users')
              .set({ preferred_method: credential.id })
              .where('id', '=', at.person.id)
              .execute();
            await audit.record(tx, {
              kind: 'credential.changed',
              user: at.person.id,
              actor: { is: 'user', id: at.person.id },
              address: at.visit.address,
              detail: {
                method: credential.method,
                kind: credential.kind,
                credential: credential.detail,
                preferred: true,
              },
            });
            await deps.notices.tell(tx, { user: at.person.id, what: 'preferred', credential });
          });
          return reply.redirect(`${securityInfo}?said=default`, 303);
        },
      ),
    );

    server.get(
      '/account/sign-ins',
      signedIn(async ({ person, visit }, request, reply) =>
        pages.send(
          request,
          reply,
          h(SignInsPage, { me: person, recent: await named(await audit.signInsOf(person.id), visit) }),
        ),
      ),
    );

    server.get(
      '/account/devices',
      signedIn(async ({ person, session, visit }, request, reply) =>
        pages.send(
          request,
          reply,
          h(DevicesPage, {
            me: person,
            sessions: await sessions.list(person.id),
            current: session,
            said:
              (request.query as { said?: string }).said === 'ended'
                ? wordsFor(visit.language).account.ended
                : undefined,
          }),
        ),
      ),
    );

    server.post(
      '/account/devices/end',
      signedIn(async ({ person }, request, reply) => {
        await sessions.endOne(person.id, fieldsOf(request).session ?? '', { is: 'user', id: person.id });
        return reply.redirect('/account/devices?said=ended', 303);
      }),
    );

    server.post('/sign-out', async (request, reply) => {
      const session = await sessions.current(request.raw);
      await sessions.end(request.raw, reply, session ? { is: 'user', id: session.user } : { is: 'system' });
      return reply.redirect('/signed-out', 303);
    });

    server.get('/signed-out', (request, reply) => pages.send(request, reply, h(SignedOutPage, {})));
  };
}

const dateWords = (visit: Visit, at: number, timeZone: string): string =>
  new Intl.DateTimeFormat(visit.language, { dateStyle: 'long', timeZone }).format(at);
