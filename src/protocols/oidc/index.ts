import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import type { Audit } from '../../audit/index.ts';
import type { Pages } from '../../http/pages.ts';
import type { Clock, Instant } from '../../kit/clock.ts';
import { minutes } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import { type Storage, self, type Tx, takeLease } from '../../storage/index.ts';
import { openAdapter } from './adapter.ts';
import { type FindApplication, remembering } from './application.ts';
import { type Accounts, configurationOf, type Screens } from './configuration.ts';
import { openCookieKeys } from './cookie-keys.ts';
import type { SignInDoor } from './door.ts';
import { openInteractions } from './interaction.tsx';
import { openIntrospection } from './introspection.ts';
import { ensureKeys } from './keys.ts';
import { answerSignOut, leavingPath, openLeaving } from './leaving.tsx';
import { aroundRequests } from './middleware.ts';
import { openProviders } from './providers.ts';
import { removeExpired } from './rows.ts';
import { followOurs } from './session.ts';
import { type LogoutNotice, openSignOut } from './sign-out.ts';
import { openTroubles } from './trouble.tsx';

export type { FindApplication, OidcApplication } from './application.ts';
export type { Accounts } from './configuration.ts';
export type { Demand, Judgement, Known, SignInDoor, Wish } from './door.ts';
export {
  type Algorithm,
  type KeyState,
  listKeys,
  rotateKeys,
  type SigningKey,
  stateOf,
  withdrawKey,
} from './keys.ts';
export type { LogoutNotice } from './sign-out.ts';

export interface Oidc {
  /** Everything under `/oidc/`, raw: it reads bodies itself. */
  readonly callback: (request: IncomingMessage, response: ServerResponse) => void;
  /** Pages under `/oidc-interaction/`. */
  readonly interaction: FastifyPluginAsync;
  /** The person signed out of one of our sessions, named by `Known.ref`: tells its applications. */
  signedOut(tx: Tx, ref: string): Promise<void>;
  /**
   * The office ended all that a person began before an instant. That holds from the moment that
   * `users.valid_from` moved; this takes the rows out, and tells the applications.
   */
  logoutEverywhere(tx: Tx, user: UserId, before: Instant): Promise<void>;
  /** Sends one notice that was postponed. Throws when the application did not take it: try again later. */
  deliver(notice: LogoutNotice): Promise<void>;
  /** Looks for new keys now rather than in a few seconds. */
  reloadKeys(): Promise<void>;
  close(): Promise<void>;
}

/** Documented by oidc-provider and missing in its types. */
interface LogoutTarget {
  backchannelLogout(sub: string, sid: string): Promise<void>;
}

const cleaningEvery = minutes(1);
const cleaningBatch = 5_000;

/** Genkan as an OpenID Connect provider. The issuer is `url` + `/oidc`. */
export async function openOidc(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  /** scheme, host and port, as people type it */
  url: string;
  applications: FindApplication;
  accounts: Accounts;
  door: SignInDoor;
  pages: Pick<Pages, 'send'>;
  /** `ui_locales_supported` */
  locales: readonly string[];
  /** Keeps a notice until it is delivered; in the transaction that made it due. */
  notify(tx: Tx, notice: LogoutNotice): Promise<void>;
  onError(error: unknown): void;
}): Promise<Oidc> {
  const { storage, audit, clock, door, pages } = deps;
  const applications = remembering(deps.applications, () => clock.now());
  const adapter = openAdapter({ storage, clock, applications });
  const signOut = openSignOut({ storage, applications, notify: deps.notify });
  const provider = () => providers.current();
  const cookieKeys = openCookieKeys(storage.sealer.key('oidc cookies'));
  const leaving = { storage, audit, clock, door, signOut, pages, provider };
  const interactions = openInteractions({ storage, audit, clock, door, applications, provider });
  const troubles = openTroubles(pages);
  const screens: Screens = {
    signOut: ctx => answerSignOut(leaving, ctx),
    signedOut: ctx => ctx.redirect(`${leavingPath}/done`),
  };

  await ensureKeys({ storage, audit, clock });
  const providers = await openProviders({
    storage,
    clock,
    url: deps.url,
    onError: deps.onError,
    configuration: keys =>
      configurationOf({
        adapter,
        keys,
        cookieKeys,
        secure: deps.url.startsWith('https:'),
        clock,
        door,
        accounts: deps.accounts,
        applications,
        screens,
        locales: deps.locales,
      }),
    prepare(made) {
      followOurs(made, door);
      aroundRequests(made, {
        storage,
        audit,
        clock,
        nobodyLeaves: screens.signOut,
        show: troubles.show,
        interactions,
        door,
        onError: deps.onError,
      });
    },
  });

  const introspection = openIntrospection({
    storage,
    clock,
    issuer: `${deps.url}/oidc`,
    applications,
    onError: deps.onError,
  });
  const cleaning = setInterval(() => clean({ storage, clock }).catch(deps.onError), cleaningEvery).unref();

  return {
    callback(request, response) {
      if (introspection.takes(request)) {
        void introspection.answer(request, response);
        return;
      }
      const { url = '' } = request;
      // oidc-provider finds out where it is mounted by comparing the two.
      Object.assign(request, { originalUrl: url, url: url.slice('/oidc'.length) });
      providers.handle(request, response);
    },
    async interaction(server) {
      await server.register(interactions.routes);
      await server.register(openLeaving(leaving));
      await server.register(troubles.routes);
    },
    signedOut: (tx, ref) => signOut.session(tx, { ref }),
    logoutEverywhere: (tx, user, before) => signOut.everywhere(tx, user, before),
    async deliver({ application, user, sid }) {
      const client = (await provider().Client.find(application)) as LogoutTarget | undefined;
      // Unregistered or disabled meanwhile: there is nobody to tell.
      await client?.backchannelLogout(user, sid);
    },
    reloadKeys: providers.reload,
    async close() {
      providers.close();
      clearInterval(cleaning);
    },
  };
}

/** Expired rows go a batch at a time, by one node. */
async function clean({ storage, clock }: { storage: Storage; clock: Clock }): Promise<void> {
  const lease = { name: 'oidc cleaning', holder: self, now: clock.now(), for: cleaningEvery };
  while (await takeLease(storage.db, lease)) {
    if ((await removeExpired(storage.db, clock.now(), cleaningBatch)) < cleaningBatch) return;
  }
}
