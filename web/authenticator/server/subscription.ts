import type { Subscription } from '../../../src/methods/authenticator/api.ts';
import { fromText, toText } from '../account/bytes.ts';
import { about, type Signer, say } from './talk.ts';

/** Browsers without a push service may never answer. */
const patience = 12_000;

/** Has the browser's push service deliver what this server sends, and tells the server where to send it. */
export async function subscribe(registration: ServiceWorkerRegistration, as: Signer): Promise<boolean> {
  const server = await about(as.issuer);
  if (!server.ok) return false;
  const subscription = await inTime(subscriptionFor(registration, server.value.applicationServerKey));
  return subscription ? (await say(as, 'subscribe', { subscription })).ok : false;
}

/** RFC 8292 §4.1: a subscription is bound to the key of one server. */
async function subscriptionFor(registration: ServiceWorkerRegistration, key: string): Promise<Subscription> {
  const existing = await registration.pushManager.getSubscription();
  if (existing && toText(existing.options.applicationServerKey ?? new ArrayBuffer()) !== key)
    await existing.unsubscribe();
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromText(key),
  });
  const keyOf = (name: PushEncryptionKeyName) => toText(made.getKey(name) ?? new ArrayBuffer());
  return { endpoint: made.endpoint, keys: { p256dh: keyOf('p256dh'), auth: keyOf('auth') } };
}

/** Nothing when the browser refuses (a private window), or does not answer. */
async function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>(resolve => setTimeout(resolve, patience, undefined));
  return Promise.race([asked.catch(() => undefined), late]);
}
