import type { FastifyBaseLogger, FastifyInstance, FastifyPluginAsync } from 'fastify';
import { accountRoutes } from './account/index.ts';
import { type PersonEnded, personEnded } from './directory/index.ts';
import type { Foundation } from './foundation.ts';
import {
  callTheRoll,
  type Delivery,
  type Gateways,
  measured,
  metricsText,
  openDelivery,
  openFraudReports,
  openOfficeNews,
  pausedCountries,
  usedOf,
  webhookRoutes,
} from './gateways/index.ts';
import { openPushIdentity, openWebPush } from './gateways/push/index.ts';
import type { Address } from './http/address.ts';
import { openArrivals } from './http/arrivals.ts';
import type { Assets } from './http/assets.ts';
import { openBrowserCookies } from './http/browser.ts';
import { addressReader } from './http/client-address.ts';
import { answerFailures } from './http/failures.ts';
import { healthRoutes } from './http/health.ts';
import { languageRoutes } from './http/language-switch.ts';
import { openPages, type Pages } from './http/pages.ts';
import { openServer } from './http/server.ts';
import type { Visit } from './http/visit.ts';
import { webApp } from './http/web-app.ts';
import { seconds } from './kit/clock.ts';
import { remembering } from './kit/remembering.ts';
import { openMethods, openOtherPhone, phoneRulesOf } from './methods/index.ts';
import { passkeyPostponedAt } from './methods/passkey/index.ts';
import { openHashing, openPasswords, passwordOffer } from './methods/password/index.ts';
import { phonesOf } from './methods/phone/index.ts';
import { openRecoveryCodes } from './methods/recovery-code/index.ts';
import { claimsOf, oidcApplicationOf } from './protocols/directory.ts';
import { openProofDoor, openSignInDoor } from './protocols/door.ts';
import { openExternalMfa } from './protocols/external-mfa/index.ts';
import { type LogoutNotice, openOidc } from './protocols/oidc/index.ts';
import { noticeKind, openNotices, openRegistration, registrationRoutes } from './registration/index.ts';
import { openKnownBrowsers, openSessions, type StartedSession } from './sessions/index.ts';
import { openEngine, openJudge, signInRoutes } from './sign-in/index.ts';
import { enqueue, isReachable, openOutbox } from './storage/index.ts';
import { startSweeping } from './sweeping.ts';
import { languages } from './words/index.ts';

/** Everything joined together, not yet listening. */
export interface App {
  readonly server: FastifyInstance;
  readonly delivery: Delivery;
  close(): Promise<void>;
}

/** The only place where parts are created and joined. */
export async function openApp(deps: {
  foundation: Foundation;
  assets: Assets;
  gateways: Gateways;
  logger: FastifyBaseLogger;
  /** pages that only the demo has */
  extra?: readonly ((pages: Pages) => FastifyPluginAsync)[];
}): Promise<App> {
  const { foundation, assets, logger } = deps;
  const { configuration, storage, clock, audit, directory } = foundation;
  const { sealer } = storage;
  const secure = configuration.url.startsWith('https:');
  const onError = (error: unknown): void => logger.error({ err: error });

  const rules = remembering(() => directory.settings.rules(), { clock, life: seconds(1) });
  const policies = remembering(() => directory.access.current(), { clock, life: seconds(1) });

  // Asked for while a message is being sent; a second old at most, since every request asks for the rules.
  await rules();
  const { gateways, measures } = measured(deps.gateways);
  const phones = [...gateways.text, ...gateways.voice];
  const tellOffice = openOfficeNews({ storage, clock, directory, rules: rules.latest, log: logger });
  const reportFraud = openFraudReports({
    audit,
    clock,
    sealer,
    tellOffice,
    linesOf: (tx, user) => phonesOf(tx, sealer, user),
    rule: () => rules.latest().fraud.pause,
  });
  const delivery = openDelivery({
    storage,
    clock,
    audit,
    gateways,
    settings: () => phoneRulesOf(rules.latest()),
    tellOffice,
    reportFraud,
    onError,
  });
  const addressOf = addressReader(configuration.trustedProxies);
  const push = openWebPush({
    identity: await openPushIdentity(storage, secure ? configuration.url : 'mailto:postmaster@localhost'),
    clock,
    services: () => ({
      others: rules.latest().authenticator.pushServices,
      // Whatever has pages of its own is a demo or a test, and may have a push service of its own.
      loopback: deps.extra !== undefined,
    }),
  });
  const hashing = openHashing({ initialKey: sealer.key('initial passwords') });
  const notices = openNotices({
    storage,
    sealer,
    clock,
    directory,
    delivery,
    textOtherPhone: openOtherPhone({ storage, delivery }),
    organisation: async () => (await rules()).organisation,
  });
  const methods = openMethods({
    reportFraud,
    storage,
    clock,
    hashing,
    tell: notices.tell,
    delivery,
    rules: rules.latest,
    url: configuration.url,
    audit,
    push,
    addressOf: request => addressOf(request)?.text,
    onError,
  });
  const passwords = openPasswords({
    storage,
    hashing,
    rules: async () => {
      const { organisation, passwords: kept } = await rules();
      return { minimum: kept.minimum, organisation: Object.values(organisation.name) };
    },
  });
  const recoveryCodes = openRecoveryCodes({ storage, clock, audit, hashing, rules, tell: notices.tell });
  const registration = openRegistration({ storage, clock, audit, methods, notices });
  const judge = openJudge({
    clock,
    directory,
    policies,
    rules,
    methods,
    passwordOffer,
    passkeyPostponedAt: user => passkeyPostponedAt(storage.db, user),
  });
  const sessions = openSessions({
    storage,
    audit,
    clock,
    secure,
    stayDays: async () => (await rules()).staySignedIn.days,
    signedOut: (tx, session) => oidc.signedOut(tx, session),
  });
  const arrivals = openArrivals(clock);
  const engine = openEngine<StartedSession>({
    arrivals,
    storage,
    clock,
    audit,
    judge,
    passwords,
    methods,
    registration,
    startSession: (granted, visit) => sessions.start(granted, visit),
  });

  const browsers = openBrowserCookies({ secure, key: sealer.key('browser forms') });
  const knownBrowsers = openKnownBrowsers({ secure, key: sealer.key('known browsers') });
  const isTrusted = async (address: Address | undefined): Promise<boolean> =>
    address !== undefined && (await policies()).places.trusted(address) !== undefined;
  const pages = openPages({
    secure,
    browsers,
    assets,
    addressOf,
    isTrusted,
    organisation: async () => (await rules()).organisation,
    known: async request => ({
      language: (await sessions.current(request))?.language,
      knownTo: user => knownBrowsers.knows(request, user),
      sessionCookie: sessions.cookieOf(request),
    }),
  });

  const oidc = await openOidc({
    storage,
    audit,
    clock,
    url: configuration.url,
    applications: async id => {
      const found = await directory.applications.forSignIn(id);
      return found && oidcApplicationOf(found.application, found.secret);
    },
    accounts: { claims: (user, scopes) => claimsOf(directory, user, scopes) },
    door: openSignInDoor({
      arrivals,
      sessions,
      judge,
      engine,
      pages,
      addressOf: request => addressOf(request)?.text,
      isTrusted,
      recoveryCodes,
    }),
    pages,
    locales: languages,
    notify: async (tx, notice) => {
      await enqueue(tx, sealer, { kind: logoutKind, payload: notice, now: clock.now() });
    },
    onError,
  });

  const externalMfa = await openExternalMfa({
    storage,
    audit,
    clock,
    url: configuration.url,
    door: openProofDoor({ judge, engine, pages, clock }),
    pages,
    onError,
  });

  const outbox = openOutbox({
    storage,
    clock,
    handlers: {
      mail: delivery.mailHandler,
      [noticeKind]: notices.handle,
      [logoutKind]: message => oidc.deliver(message.payload as LogoutNotice),
      [personEnded]({ payload }) {
        const { user, before } = payload as PersonEnded;
        return storage.tx(tx => oidc.logoutEverywhere(tx, user, before));
      },
    },
    onError: (error, message) => logger.warn({ err: error, message }, 'a message was not delivered'),
  });

  const server = await openServer({
    url: configuration.url,
    browsers,
    assets,
    logger,
    mounts: [{ prefix: '/oidc/', handle: oidc.callback }],
  });
  answerFailures(server, pages);

  const notice = async ({ language }: Pick<Visit, 'language'>): Promise<string | undefined> => {
    const { preparing, preparingUntil } = (await rules()).notices;
    return preparing && preparingUntil !== undefined && clock.now() < preparingUntil
      ? preparing.text[language]
      : undefined;
  };
  await server.register(
    healthRoutes({
      isReady: () => isReachable(storage.db),
      ways: () => phones.map(({ id, kind, state }) => ({ id, kind, state: state().is })),
      metrics: async () => {
        const now = clock.now();
        return metricsText(measures(), await usedOf(storage.db, now), await pausedCountries(storage.db, now));
      },
      metricsToken: configuration.metricsToken,
      addressOf,
    }),
  );
  await server.register(languageRoutes({ secure }));
  await server.register(
    signInRoutes<StartedSession>({
      engine,
      registration,
      methods,
      pages,
      clock,
      showing: async visit => {
        const { staySignedIn, passwords: kept } = await rules();
        return { notice: await notice(visit), stayDays: staySignedIn.days, passwordMinimum: kept.minimum };
      },
      give(request, reply, session, signIn) {
        sessions.give(reply, session);
        if (signIn.user) knownBrowsers.remember(request.raw, reply, signIn.user);
      },
    }),
  );
  await server.register(registrationRoutes({ engine: registration, methods, pages, clock, recoveryCodes }));
  await server.register(
    accountRoutes({
      storage,
      clock,
      audit,
      pages,
      sessions,
      engine,
      judge,
      registration,
      methods,
      notices,
      recoveryCodes,
      rules,
      notice,
      applications: async () =>
        (await directory.applications.list()).map(({ id, enabled, displayName, settings }) => ({
          id,
          name: displayName,
          url: enabled ? settings.startAddress : undefined,
        })),
    }),
  );
  await server.register(oidc.interaction);
  await server.register(externalMfa.routes);
  for (const { routes } of methods) if (routes) await server.register(routes);
  await server.register(webApp({ folder: assets.appFolder('authenticator'), at: '/authenticator', secure }));
  await server.register(webhookRoutes({ gateways: phones, clock, addressOf }));
  for (const pagesOfTheirOwn of deps.extra ?? []) await server.register(pagesOfTheirOwn(pages));

  const sealing = audit.startSealing({ onError });
  const sending = outbox.start();
  const stopRollCall = callTheRoll(phones, (level, message, detail) => logger[level](detail, message));
  const stopWatchingCalls = delivery.watchCalls();
  const stopSweeping = startSweeping({
    storage,
    clock,
    audit,
    sessions,
    delivery,
    sweepProtocols: externalMfa.sweep,
    rules,
    onError,
  });

  return {
    server,
    delivery,
    async close() {
      stopSweeping();
      stopRollCall();
      stopWatchingCalls();
      await server.close();
      await oidc.close();
      await sending.stop();
      await delivery.close();
      await sealing.stop();
    },
  };
}

const logoutKind = 'backchannel-logout';
