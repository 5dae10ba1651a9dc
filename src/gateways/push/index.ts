import type { Clock } from '../../kit/clock.ts';
import { encryptPush } from './encrypt.ts';
import type { PushIdentity } from './identity.ts';
import { type PushServices, readEndpoint } from './services.ts';

export { openPushIdentity, type PushIdentity } from './identity.ts';
export type { PushServices } from './services.ts';

/** Where one browser takes push messages, and the keys they are encrypted for (W3C Push API). */
export interface PushSubscription {
  /** whoever has it can wake the device: it is sealed at rest, and never logged */
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** What a push service did with a message: 'gone' says that the subscription is over. */
export type Pushed = 'taken' | 'gone' | 'refused' | 'unreachable';

export interface PushGateway {
  /** for `pushManager.subscribe` */
  readonly publicKey: string;
  /** Whether messages could be sent there: a service that we know, and keys that are keys. */
  accepts(subscription: PushSubscription): boolean;
  /** Hands one message over. It reaches the device, or is forgotten after `life` ms; a newer one of its topic replaces it. */
  send(
    to: PushSubscription,
    message: { readonly text: string; readonly topic: string; readonly life: number },
  ): Promise<Pushed>;
}

/** ms for a push service to take a message */
const patience = 5_000;

/** Web Push: RFC 8030, encrypted (RFC 8291), in our own name (RFC 8292). */
export function openWebPush(deps: {
  identity: PushIdentity;
  clock: Clock;
  services: () => PushServices;
}): PushGateway {
  const { identity, clock } = deps;
  return {
    publicKey: identity.publicKey,
    accepts(subscription) {
      if (!readEndpoint(subscription.endpoint, deps.services())) return false;
      try {
        encryptPush('', recipientOf(subscription));
        return true;
      } catch {
        return false;
      }
    },
    async send(to, { text, topic, life }) {
      // What was allowed when it was registered may be forbidden by now.
      const service = readEndpoint(to.endpoint, deps.services());
      if (!service) return 'refused';
      const body = encryptPush(text, recipientOf(to));
      try {
        const response = await fetch(service, {
          method: 'POST',
          // An answer that leads elsewhere leads nowhere: only the first address was looked at.
          redirect: 'manual',
          signal: AbortSignal.timeout(patience),
          headers: {
            authorization: identity.authorization(service, clock.now()),
            'content-type': 'application/octet-stream',
            'content-encoding': 'aes128gcm',
            ttl: String(Math.ceil(life / 1000)),
            urgency: 'high',
            topic,
          },
          body,
        });
        await response.body?.cancel();
        if (response.status === 404 || response.status === 410) return 'gone';
        return response.ok ? 'taken' : 'refused';
      } catch {
        // The error names the endpoint, which is nobody's business: that it failed is the answer.
        return 'unreachable';
      }
    },
  };
}

const recipientOf = ({ keys }: PushSubscription) => ({
  point: Buffer.from(keys.p256dh, 'base64url'),
  secret: Buffer.from(keys.auth, 'base64url'),
});
