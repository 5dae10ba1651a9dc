// Keeps the app at hand without a network, and shows that a request has come.
import { openKeep } from '../account/keep.ts';
import { type Language, spoken } from '../language.ts';
import { isScopeOf, shell } from '../server/scope.ts';
import { subscribe } from '../server/subscription.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * Written by the build: what the app is without a network (its page, script and sheet), and a name that changes when
 * any of it does. The decoder is not among it: it is loaded when the camera is opened, to set up what needs a network.
 */
declare const FILES: readonly string[];
declare const VERSION: string;
declare const SENTENCES: Readonly<Record<Language, { readonly title: string; readonly body: string }>>;

const cacheName = `genkan-authenticator-${VERSION}`;
const isShell = new URL(self.registration.scope).pathname === shell;

self.addEventListener('install', event => {
  if (isShell) event.waitUntil(fill());
  self.skipWaiting();
});

/** The browser asks for the page anew, as the server has it do; what is named by its content it has just loaded. */
async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(FILES);
}

self.addEventListener('activate', event => {
  event.waitUntil(
    (async () => {
      if (!isShell) return;
      for (const name of await caches.keys())
        if (name.startsWith('genkan-authenticator-') && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  const file = event.request.mode === 'navigate' && isApp(pathname) ? shell : pathname;
  if (FILES.includes(file)) event.respondWith(fromCache(file, event.request));
});

const isApp = (path: string): boolean => path === shell || path === `${shell}/`;

async function fromCache(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(file)) ?? fetch(request);
}

self.addEventListener('push', event => {
  event.waitUntil(tell());
});

/** It says only that there is something: the open app fetches what. */
async function tell(): Promise<void> {
  for (const window of await windows()) window.postMessage('look');
  const { title, body } = SENTENCES[await language()];
  await self.registration.showNotification(title, {
    body,
    icon: `${shell}/icon-192.png`,
    badge: `${shell}/badge-96.png`,
    // One notification, whatever number of requests: the newest replaces the one before.
    tag: 'sign-in',
    requireInteraction: true,
  });
}

async function language(): Promise<Language> {
  const chosen = await (await openKeep()).language();
  return spoken([...(chosen ? [chosen] : []), ...self.navigator.languages]);
}

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [open] = await windows();
      if (open) await open.focus();
      else await self.clients.openWindow(shell);
    })(),
  );
});

async function windows(): Promise<readonly WindowClient[]> {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(window => isApp(new URL(window.url).pathname));
}

self.addEventListener('pushsubscriptionchange', event => {
  (event as ExtendableEvent).waitUntil(subscribeAnew());
});

/** The push service took the subscription away: another one, for every account of this server. */
async function subscribeAnew(): Promise<void> {
  const keep = await openKeep();
  const here = self.location.origin;
  for (const account of await keep.all())
    if (isScopeOf(self.registration.scope, account.issuer, here) && !account.removedThere)
      await subscribe(self.registration, account);
}
