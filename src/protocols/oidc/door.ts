import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../../kit/clock.ts';
import type { ApplicationId, UserId } from '../../kit/ids.ts';
import type { Evidence } from '../../policies/evidence.ts';
import type { Part } from '../../storage/index.ts';

/** Our own session, as far as an application's question needs it. */
export interface Known {
  readonly user: UserId;
  /** as far as it counts for applications */
  readonly evidence: readonly Evidence[];
  readonly startedAt: Instant;
  /** when it is over at the latest */
  readonly expiresAt: Instant;
  /** names the session and is not its secret; best the same for its whole life, also through a step-up */
  readonly ref: string;
  /** where this request comes from; what policies and the audit see */
  readonly address: string | undefined;
}

/** What one request of an application asks for, beyond "who is this?". */
export interface Demand {
  readonly application: ApplicationId;
  /** it runs on a phone or desktop, and came here through its browser */
  readonly native: boolean;
  /** any of these is enough; empty: whatever the policies say */
  readonly acr: readonly string[];
  /** how old the last proof may be, in ms (`max_age`) */
  readonly maxAge: number | undefined;
  /** proofs given before this instant do not count (`prompt=login`) */
  readonly notBefore: Instant | undefined;
}

export type Judgement = 'enough' | 'more' | 'never';

/**
 * The way in: what this protocol asks of the sessions and sign-ins behind it. The session behind
 * the door is the truth; the one that oidc-provider keeps only follows it.
 */
export interface SignInDoor {
  current(request: IncomingMessage): Promise<Known | undefined>;
  /** What the policies for the application, and its demand, say of a session from where it now is. */
  judge(known: Known, demand: Demand): Promise<Judgement>;
  /** A part by which a change is made only while the session is there: what is given on it, or not at all. */
  holding(known: Known): Part;
  /** Starts a sign-in and sends the browser to it. */
  begin(request: FastifyRequest, reply: FastifyReply, wish: Wish): Promise<void>;
  /** Whether one more stranger may be asked who comes from there: anybody can send one here. */
  admits(request: IncomingMessage): Promise<boolean>;
  /** Ends the session: the person signed out at an application. */
  end(known: Known): Promise<void>;
}

export interface Wish {
  readonly applicationName: string;
  readonly demand: Demand;
  readonly loginHint: string | undefined;
  /** `ui_locales`, best first */
  readonly locales: readonly string[];
  /** where the browser comes back with a session */
  readonly returnTo: string;
  /** where it comes back when the person gave up or a policy refused */
  readonly deniedTo: string;
  /** where it comes back when what is demanded cannot be shown */
  readonly unmetTo: string;
}
