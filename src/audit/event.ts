import type { UserId } from '../kit/ids.ts';

/** What a detail may hold: JSON, where an absent value may also be written `undefined`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Who did it: the person, the office (by command line or admin centre), an application, or Genkan. */
export type Actor =
  | { readonly is: 'user'; readonly id: UserId }
  | { readonly is: 'office'; readonly name: string }
  | { readonly is: 'application'; readonly id: string }
  | { readonly is: 'system' };

/** What can happen. The part before the dot is the log it belongs to. */
export const auditKinds = [
  'sign-in.started',
  'sign-in.step',
  'sign-in.policies',
  'sign-in.granted',
  'sign-in.refused',
  'sign-in.abandoned',
  'proof.requested',
  'proof.answered',
  'proof.refused',
  'session.started',
  'session.ended',
  'token.issued',
  'token.refused',
  'registration.started',
  'registration.step',
  'registration.finished',
  'credential.added',
  'credential.changed',
  'credential.removed',
  'delivery.sent',
  'delivery.refused',
  'delivery.outcome',
  'delivery.paused',
  'delivery.resumed',
  'user.created',
  'user.changed',
  'user.deleted',
  'user.imported',
  'user.password-reset',
  'user.password-changed',
  'user.methods-removed',
  'user.unlocked',
  'user.sessions-revoked',
  'user.disabled',
  'user.enabled',
  'user.fraud-reported',
  'user.pause-lifted',
  'user.pass-created',
  'user.pass-removed',
  'token.imported',
  'token.assigned',
  'token.unassigned',
  'token.withdrawn',
  'token.resynced',
  'group.created',
  'group.changed',
  'group.deleted',
  'role.changed',
  'application.created',
  'application.changed',
  'application.deleted',
  'policy.created',
  'policy.changed',
  'policy.deleted',
  'named-location.created',
  'named-location.changed',
  'named-location.deleted',
  'strength.created',
  'strength.changed',
  'strength.deleted',
  'setting.changed',
  'key.created',
  'key.retired',
  'audit.exported',
  'audit.pruned',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** One thing that happened. Phone numbers are masked and secrets absent before it gets here. */
export interface AuditEvent {
  readonly kind: AuditKind;
  /** whom it concerns */
  readonly user?: UserId | undefined;
  readonly actor?: Actor | undefined;
  /** the sign-in or registration that it belongs to; the number that a person reads to the office */
  readonly correlation?: string | undefined;
  readonly address?: string | undefined;
  readonly application?: string | undefined;
  /**
   * A `sign-in.step` says here `method`, `way`, `verdict` ('proved', 'refused' …) and `reason`; a
   * `sign-in.refused` says `because`. The page of recent sign-ins is made of these.
   */
  readonly detail?: { readonly [key: string]: Json | undefined };
}
