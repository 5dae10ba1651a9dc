import { AsyncLocalStorage } from 'node:async_hooks';
import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import type { AuditEvent } from '../../audit/index.ts';
import type { Instant } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Known } from './door.ts';
import type { Found, Row } from './rows.ts';

/**
 * What one request has read and means to write. oidc-provider stores piece by piece; a unit gathers
 * the pieces, and they are written in one statement before the answer leaves. So a refresh either
 * happened or did not, wherever the process is killed.
 */
export interface Unit {
  readonly id: string;
  readonly seen: Map<string, Promise<Found | undefined>>;
  readonly sessionsSeen: Map<string, AdapterPayload | undefined>;
  readonly kept: Map<string, Row>;
  readonly spent: Set<string>;
  /** the grants of what is spent: they end when someone else was faster */
  readonly grantsAtStake: Set<string>;
  readonly gone: Set<string>;
  readonly grantsGone: Set<string>;
  readonly events: AuditEvent[];
  /** our own session in this browser, once it was asked for */
  known: Known | undefined;
  /** the question that the person is to be asked now */
  asking: Interaction | undefined;
  /** what was thrown: whatever oidc-provider made of it, it is not the application's fault */
  failure: unknown;
  /** what the person is to be told on a page, because there is no application to tell it to */
  trouble: Trouble | undefined;
}

type Interaction = NonNullable<KoaContextWithOIDC['oidc']['entities']['Interaction']>;

/** `error` is a code of OAuth; `description` is for the application's developer */
export interface Trouble {
  readonly error: string;
  readonly description: string | undefined;
}

export const newUnit = (now: Instant): Unit => ({
  id: newId(now),
  seen: new Map(),
  sessionsSeen: new Map(),
  kept: new Map(),
  spent: new Set(),
  grantsAtStake: new Set(),
  gone: new Set(),
  grantsGone: new Set(),
  events: [],
  known: undefined,
  asking: undefined,
  failure: undefined,
  trouble: undefined,
});

const units = new AsyncLocalStorage<Unit>();

export const within = <T>(unit: Unit, work: () => Promise<T>): Promise<T> => units.run(unit, work);

/** The unit of the request that is being answered. Everything here runs inside one. */
export function currentUnit(): Unit {
  const unit = units.getStore();
  if (!unit) throw new Error('oidc-provider was used outside of a request');
  return unit;
}
