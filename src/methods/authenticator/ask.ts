import { randomBytes, randomInt } from 'node:crypto';
import type { Audit } from '../../audit/index.ts';
import { pauseOf } from '../../gateways/index.ts';
import type { PushGateway } from '../../gateways/push/index.ts';
import type { Clock, Instant } from '../../kit/clock.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import type { Storage, Tx } from '../../storage/index.ts';
import type { Begun, Context } from '../method.ts';
import { type Device, subscribe } from './devices.ts';
import * as requests from './requests.ts';

/** An approval that is waited for. */
export interface PushChallenge {
  readonly way: 'push';
  readonly request: string;
  readonly user: UserId;
  /** to be typed in the app */
  readonly number: string;
  readonly expiresAt: Instant;
  /** how it ended, once it did: there is nothing more to wait for */
  readonly ended?: Exclude<requests.Standing, 'waiting' | 'approved'>;
}

/** Two digits that nobody expects. */
export const newNumber = (): string => String(randomInt(10, 100));

export const shownOf = ({ purpose, address, trustedNetwork }: Context): requests.Shown => ({
  application: purpose,
  address: address ?? '',
  trusted: trustedNetwork,
});

export interface Asking {
  /** Asks a device: written down first, and told by push when it takes any. */
  ask(device: Device, context: Context): Promise<Begun<PushChallenge>>;
  /** Takes it back: the app asks no more, and whatever it answers approves nothing. */
  leave(challenge: PushChallenge): Promise<PushChallenge>;
  /** Resolves when every message was handed over. */
  settled(): Promise<void>;
}

export function openAsking(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  push: PushGateway;
  /** what a push service did could not be written */
  onError: (error: Error) => void;
}): Asking {
  const { storage, clock, audit, push } = deps;
  const { sealer } = storage;
  const sending = new Set<Promise<void>>();

  /** The page does not wait for it: the app asks by itself while it is open, and when it is opened. */
  function tell(device: Device, request: requests.Request | { id: string }, context: Context): void {
    const { subscription } = device;
    if (!subscription) return;
    const text = JSON.stringify({ request: request.id });
    const work = push
      .send(subscription, { text, topic: 'sign-in', life: requests.lifetime })
      .then(async outcome => {
        if (outcome === 'gone') await subscribe(storage.db, sealer, device, undefined);
        if (outcome === 'taken') return;
        const detail = { way: 'push', delivery: request.id, outcome };
        await storage.tx(tx => audit.record(tx, { ...about(context), kind: 'delivery.outcome', detail }));
      })
      .catch(deps.onError)
      .finally(() => sending.delete(work));
    sending.add(work);
  }

  return {
    async ask(device, context) {
      const now = clock.now();
      const number = newNumber();
      const request = {
        id: newId(now),
        user: context.user,
        device: device.id,
        correlation: context.correlation,
        purpose: 'sign-in',
        challenge: randomBytes(16),
        shown: shownOf(context),
        number,
        askedAt: now,
        expiresAt: now + requests.lifetime,
      } as const;
      const refusal = await storage.tx(async tx => {
        const refused = await refusalOf(tx, request);
        const detail = { way: 'push', delivery: request.id, to: device.name };
        await audit.record(
          tx,
          refused
            ? {
                ...about(context),
                kind: 'delivery.refused',
                detail: {
                  ...detail,
                  reason: refused.reason,
                  ...(refused.reason === 'too-many-sends' ? { budget: ['push'] } : {}),
                },
              }
            : { ...about(context), kind: 'delivery.sent', detail },
        );
        return refused;
      });
      if (refusal) return { begun: false, refusal };
      tell(device, request, context);
      return {
        begun: true,
        challenge: {
          way: 'push',
          request: request.id,
          user: request.user,
          number,
          expiresAt: request.expiresAt,
        },
      };
    },
    async leave(challenge) {
      if (challenge.ended) return challenge;
      await storage.tx(tx => takeBack(tx, audit, { id: challenge.request, user: challenge.user }));
      return { ...challenge, ended: 'withdrawn' };
    },
    async settled() {
      while (sending.size > 0) await Promise.all(sending);
    },
  };
}

/** Takes a question back in the device that still has it, and says so in the log. */
export async function takeBack(
  tx: Tx,
  audit: Audit,
  { id, user }: Pick<requests.Request, 'id' | 'user'>,
): Promise<void> {
  const withdrawn = await requests.withdraw(tx, { id, user });
  if (!withdrawn) return;
  const detail = { way: 'push', delivery: id, outcome: 'withdrawn' };
  const actor = { is: 'user', id: user } as const;
  await audit.record(tx, { user, actor, ...withdrawn, kind: 'delivery.outcome', detail });
}

/** Writes a question down, or says why none may be put now. */
async function refusalOf(tx: Tx, request: Omit<requests.Request, 'state'>) {
  const paused = await pauseOf(tx, request.user, request.askedAt);
  if (paused) return { reason: 'paused', until: paused.until } as const;
  const put = await requests.put(tx, request);
  return put.put ? undefined : ({ reason: 'too-many-sends', until: put.until } as const);
}

const about = ({ user, correlation, address }: Context) => ({
  user,
  actor: { is: 'user', id: user } as const,
  correlation,
  address,
});

/** The first question of a device that has just brought its key. */
export const firstRequest = (
  enrolment: {
    readonly id: CredentialId;
    readonly user: requests.Request['user'];
    readonly correlation: string;
    readonly number: string;
    readonly shown: requests.Shown;
  },
  now: Instant,
): Omit<requests.Request, 'state'> => ({
  id: newId(now),
  user: enrolment.user,
  device: enrolment.id,
  correlation: enrolment.correlation,
  purpose: 'registration',
  challenge: randomBytes(16),
  shown: enrolment.shown,
  number: enrolment.number,
  askedAt: now,
  // The person has just picked up the device, and may look around in the app first.
  expiresAt: now + 5 * requests.lifetime,
});
