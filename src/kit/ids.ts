import { randomUUID } from 'node:crypto';

/** A branded string: two ids of different things cannot be mixed up. */
export type Id<Of extends string> = string & { readonly of: Of };

export type UserId = Id<'user'>;
export type GroupId = Id<'group'>;
export type ApplicationId = Id<'application'>;
export type PolicyId = Id<'policy'>;
export type NamedLocationId = Id<'named-location'>;
export type CredentialId = Id<'credential'>;
export type SignInId = Id<'sign-in'>;
export type SessionId = Id<'session'>;

/**
 * A UUID version 7 (RFC 9562 §5.7): time-ordered, so that rows written together lie together.
 * It is a name, never a secret.
 */
export function newId<Of extends string>(now: number = Date.now()): Id<Of> {
  const time = now.toString(16).padStart(12, '0');
  // Node draws random numbers for its own ids in advance, which is several times cheaper. What version 4 has
  // behind its version stands behind ours.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}` as Id<Of>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string from outside can be an id at all; asked before it reaches a query. */
export const isId = (text: string): boolean => uuid.test(text);
