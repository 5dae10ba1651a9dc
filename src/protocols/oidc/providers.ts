import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import type { Clock } from '../../kit/clock.ts';
import { seconds } from '../../kit/clock.ts';
import type { Storage } from '../../storage/index.ts';
import { listKeys, openPrivateKeys, published, type SigningKey, stateOf } from './keys.ts';

/** The provider of this moment. Its keys are fixed, so other keys mean another provider. */
export interface Providers {
  current(): Provider;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Reads the table of keys, and puts another provider in place if they changed. */
  reload(): Promise<void>;
  close(): void;
}

/** Well under the minute that even an urgent key waits: every node knows a key before any node signs with it. */
const reloadEvery = seconds(10);

export async function openProviders(deps: {
  storage: Storage;
  clock: Clock;
  url: string;
  configuration(keys: readonly JWK[]): Configuration;
  prepare(provider: Provider): void;
  onError(error: unknown): void;
}): Promise<Providers> {
  const { storage, clock } = deps;
  const issuer = `${deps.url}/oidc`;

  async function make(keys: readonly SigningKey[]) {
    const provider = new Provider(issuer, deps.configuration(await openPrivateKeys(storage, keys)));
    standAt(provider, new URL(deps.url));
    deps.prepare(provider);
    // Typed with oidc-provider's own events only; this one is Koa's.
    const koa: EventEmitter = provider;
    koa.on('error', deps.onError);
    return { provider, handle: provider.callback() };
  }
  const read = async () => {
    const keys = published(await listKeys(storage.db), clock.now());
    return { keys, shape: keys.map(key => `${key.id} ${stateOf(key, clock.now())}`).join() };
  };

  const first = await read();
  let shape = first.shape;
  let made = await make(first.keys);
  const reload = async (): Promise<void> => {
    const next = await read();
    if (next.shape === shape) return;
    made = await make(next.keys);
    shape = next.shape;
  };
  const timer = setInterval(() => reload().catch(deps.onError), reloadEvery).unref();
  return {
    current: () => made.provider,
    handle: (request, response) => void made.handle(request, response),
    reload,
    close: () => clearInterval(timer),
  };
}

/** Addresses are made of the configured url and never of what a request says of itself (Host, X-Forwarded-Host). */
function standAt(provider: Provider, url: URL): void {
  Object.defineProperties(provider.request, {
    protocol: { get: () => url.protocol.slice(0, -1) },
    host: { get: () => url.host },
    hostname: { get: () => url.hostname },
  });
}
