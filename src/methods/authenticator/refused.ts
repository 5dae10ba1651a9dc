import type { ZodType } from 'zod';
import type { PushGateway, PushSubscription } from '../../gateways/push/index.ts';
import type { Wrong } from './api.ts';

/** Why a device does not get what it asked for: thrown where it is found, and answered in one place. */
export class Refused extends Error {
  readonly error: Wrong['error'];
  constructor(error: Wrong['error']) {
    super(error);
    this.name = 'Refused';
    this.error = error;
  }
}

/** What was sent, in its shape. */
export function read<T>(shape: ZodType<T>, sent: unknown): T {
  const parsed = shape.safeParse(sent);
  if (!parsed.success) throw new Refused('malformed');
  return parsed.data;
}

/** A subscription to which messages may be sent, if one is there. */
export function accepted(
  push: PushGateway,
  subscription: PushSubscription | null | undefined,
): PushSubscription | undefined {
  if (!subscription) return undefined;
  if (!push.accepts(subscription)) throw new Refused('push-service');
  return subscription;
}
