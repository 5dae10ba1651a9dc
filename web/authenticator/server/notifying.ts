import { scopeOf } from './scope.ts';
import { subscribe } from './subscription.ts';
import { type Signer, say } from './talk.ts';
import { registerWorker } from './worker.ts';

/** Whether this device tells of the requests of a server while the app is closed. */
export type Notifying =
  | 'on'
  | 'off'
  /** the person or the browser said no */
  | 'refused'
  /** this browser cannot */
  | 'impossible'
  /** only from the home screen (iOS) */
  | 'needs-home-screen';

const canNotify = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

export async function notifyingOf(issuer: string): Promise<Notifying> {
  if (!canNotify()) return isAppleInBrowser() ? 'needs-home-screen' : 'impossible';
  if (Notification.permission === 'denied') return 'refused';
  const registration = await registrationOf(issuer);
  const subscription = await registration?.pushManager.getSubscription();
  return subscription && Notification.permission === 'granted' ? 'on' : 'off';
}

const isAppleInBrowser = (): boolean => 'standalone' in navigator && navigator.standalone === false;

/** Asks the person, then the browser, then tells the server. Only in answer to a press of a button. */
export async function startNotifying(as: Signer): Promise<'on' | 'refused' | 'failed'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused';
  const registration = await registerWorker(scopeOf(as.issuer, location.origin));
  return registration && (await subscribe(registration, as)) ? 'on' : 'failed';
}

/** The server sends nothing more here; the subscription stays while another account of it is left. */
export async function stopNotifying(as: Signer, isLast: boolean): Promise<boolean> {
  const told = await say(as, 'subscribe', { subscription: null });
  if (isLast && canNotify()) {
    const subscription = await (await registrationOf(as.issuer))?.pushManager.getSubscription();
    await subscription?.unsubscribe();
  }
  return told.ok || told.why === 'unknown-device';
}

/** What was shown of requests that are over. */
export async function takeNotificationsAway(issuer: string): Promise<void> {
  if (!canNotify()) return;
  const shown = await (await registrationOf(issuer))?.getNotifications();
  for (const notification of shown ?? []) notification.close();
}

async function registrationOf(issuer: string): Promise<ServiceWorkerRegistration | undefined> {
  const scope = scopeOf(issuer, location.origin);
  const all = await navigator.serviceWorker.getRegistrations();
  return all.find(one => new URL(one.scope).pathname === scope);
}
