import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../../kit/clock.ts';
import type { ApplicationId, SignInId, UserId } from '../../kit/ids.ts';
import type { Evidence } from '../../policies/evidence.ts';

/** A proof that is asked for, of a person who is known. */
export interface ProofWish {
  readonly user: UserId;
  readonly application: ApplicationId;
  readonly applicationName: string;
  /** RFC 8176 values of which one must be shown */
  readonly accepts: readonly string[];
  readonly until: Instant;
  /** where the browser comes back with the proof */
  readonly returnTo: string;
  /** where it comes back when there is none */
  readonly refusedTo: string;
}

export interface Proved {
  readonly user: UserId;
  readonly evidence: readonly Evidence[];
}

/** The way in: what this protocol asks of the sign-ins behind it. It never makes a session. */
export interface ProofDoor {
  person(
    who: { readonly id: UserId } | { readonly loginName: string },
  ): Promise<{ readonly id: UserId; readonly enabled: boolean } | undefined>;
  begin(request: FastifyRequest, reply: FastifyReply, wish: ProofWish): Promise<SignInId>;
  /** Takes what was proved, once and in the browser that proved it; undefined while there is nothing. */
  take(request: FastifyRequest, reply: FastifyReply, signIn: SignInId): Promise<Proved | undefined>;
  /** Whether the attempt of this browser ended without a proof. */
  wasRefused(request: FastifyRequest, reply: FastifyReply, signIn: SignInId): Promise<boolean>;
}
