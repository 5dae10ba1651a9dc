import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Audit } from '../../audit/index.ts';
import { pauseOf, type ReportFraud } from '../../gateways/index.ts';
import type { PushGateway } from '../../gateways/push/index.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Storage } from '../../storage/index.ts';
import type { Language } from '../../words/index.ts';
import type { AuthenticationMethod, Registration, Tell, Verdict } from '../method.ts';
import { credentialsIn, spendStep } from '../named-credentials.ts';
import { matchingStep } from '../otp.ts';
import { openAnswers } from './answers.ts';
import { openAsking, type PushChallenge } from './ask.ts';
import { openConnecting } from './connect.ts';
import { credentialOf, evidenceOf, offer } from './credential.ts';
import * as devices from './devices.ts';
import { openDoorForDevices } from './knock.ts';
import { authenticatorPages, type Challenge, type CodeChallenge } from './page.tsx';
import { authenticatorRegistration } from './registration.tsx';
import * as requests from './requests.ts';
import { apiRoutes } from './routes.ts';
import { openStreams } from './stream.ts';
import { openWatch } from './watch.ts';

export { sweep as sweepAuthenticator } from './knock.ts';
export { forgiveRequests } from './requests.ts';

const answer = z.object({
  code: z
    .string()
    .max(200)
    .default('')
    .transform(typed => typed.normalize('NFKC').replace(/[\s-]/g, '')),
});
type Typed = z.output<typeof answer>;

export interface AuthenticatorDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly push: PushGateway;
  /** origin of our pages: what devices sign is signed for it */
  readonly issuer: string;
  /** whether the organisation wants it */
  offered(): boolean;
  organisation(): Readonly<Record<Language, string>>;
  addressOf(request: IncomingMessage): string | undefined;
  readonly reportFraud: ReportFraud;
  readonly tell: Tell;
  onError(error: unknown): void;
}

/** Genkan Authenticator: a device with a key of its own approves a sign-in by the number that is typed, or shows a code. */
export function openAuthenticator(deps: AuthenticatorDeps): AuthenticationMethod<Challenge, Typed> {
  const { storage, clock } = deps;
  const { db, sealer } = storage;
  const asking = openAsking(deps);
  const registration = authenticatorRegistration(deps);
  const watch = openWatch({ db, clock, onError: deps.onError });
  const api = apiRoutes({
    ...deps,
    connecting: openConnecting(deps),
    knock: openDoorForDevices(deps),
    answered: openAnswers(deps),
    stream: openStreams({ watch, clock }),
  });

  const deviceOf = async (user: devices.Device['user'], id: string): Promise<devices.Device | undefined> =>
    (await devices.list(db, sealer, user)).find(device => device.id === id);

  async function verifyPush(
    challenge: PushChallenge,
    { user, now }: { user: devices.Device['user']; now: number },
  ) {
    if (challenge.ended) return refused({ reason: 'expired' });
    const request = await requests.latest(db, user);
    const standing = requests.standingOf(challenge.request, request, now);
    if (standing === 'waiting') return { verdict: 'waiting', state: standing } as const;
    const paused = await pauseOf(db, user, now);
    if (standing === 'reported')
      return refused(
        { reason: 'fraud', ...(paused ? { pausedUntil: paused.until } : {}) },
        { ...challenge, ended: standing },
      );
    if (paused) return refused({ reason: 'paused', until: paused.until });
    if (standing === 'approved')
      return {
        verdict: 'proved',
        evidence: evidenceOf('push', now),
        spend: (tx: Parameters<typeof requests.spend>[0]) =>
          requests.spend(tx, { user, id: challenge.request }),
      } as const;
    return refused({ reason: reasons[standing] }, { ...challenge, ended: standing });
  }

  async function verifyCode(
    challenge: CodeChallenge,
    code: string,
    { user, now }: { user: devices.Device['user']; now: number },
  ): Promise<Verdict<Challenge>> {
    if (!/^\d{6}$/.test(code)) return refused({ reason: 'malformed' });
    const device = await deviceOf(user, challenge.credential);
    if (!device) return refused({ reason: 'not-allowed' });
    const step = matchingStep(device.secret, code, now, { last: device.lastStep });
    if (step === undefined) {
      const replayed = matchingStep(device.secret, code, now, { last: 0 }) !== undefined;
      return refused({ reason: replayed ? 'spent' : 'wrong' });
    }
    return {
      verdict: 'proved',
      evidence: evidenceOf('code', now),
      spend: tx => spendStep(tx, 'authenticator_devices', device.id, step),
    };
  }

  return {
    id: 'authenticator',
    offers: offer,
    answer,
    table: 'authenticator_devices',
    credentials: async user => (await devices.list(db, sealer, user)).map(credentialOf),

    async begin(credential, way, context) {
      if (way === 'code') return { begun: true, challenge: { way, credential: credential.id } };
      const device = await deviceOf(context.user, credential.id);
      return device ? asking.ask(device, context) : { begun: false, refusal: { reason: 'not-allowed' } };
    },
    verify: (challenge, { code }, context) =>
      challenge.way === 'push' ? verifyPush(challenge, context) : verifyCode(challenge, code, context),
    waits: challenge =>
      'enrolment' in challenge
        ? registration.waits(challenge)
        : challenge.way === 'push' && challenge.ended === undefined,
    async leave(challenge) {
      if ('enrolment' in challenge) await registration.leave(challenge);
      return challenge.way === 'push' ? asking.leave(challenge) : challenge;
    },
    ...credentialsIn('authenticator_devices'),
    page: authenticatorPages,
    registration: registration as Registration,
    async routes(server) {
      await server.register(api);
      server.addHook('onClose', () => asking.settled());
    },
  };
}

const reasons = {
  ignored: 'expired',
  replaced: 'expired',
  withdrawn: 'expired',
  declined: 'declined',
  wrong: 'wrong',
} as const;

const refused = (
  refusal: Extract<Verdict<Challenge>, { verdict: 'refused' }>['refusal'],
  challenge?: Challenge,
): Verdict<Challenge> => ({ verdict: 'refused', refusal, ...(challenge ? { challenge } : {}) });
