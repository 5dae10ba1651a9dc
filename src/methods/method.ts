import type { FastifyPluginAsync } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { ZodType } from 'zod';
import type { Instant } from '../kit/clock.ts';
import type { CredentialId, UserId } from '../kit/ids.ts';
import type { Evidence, MethodId, Offer } from '../policies/evidence.ts';
import type { Tx } from '../storage/index.ts';
import type { Language } from '../words/index.ts';

/** Why an answer was not accepted. Each has a sentence in `words/`. */
export type Refusal =
  | { readonly reason: 'wrong'; readonly triesLeft?: number }
  | { readonly reason: 'expired' | 'spent' | 'too-many-tries' | 'declined' | 'fraud' }
  | { readonly reason: 'undelivered'; readonly outcome: string }
  | { readonly reason: 'locked' | 'too-many-sends'; readonly until: Instant }
  | { readonly reason: 'disabled-until-helped' | 'not-allowed' | 'gateway-down' };

export type Verdict<Challenge> =
  | {
      readonly verdict: 'proved';
      readonly evidence: Evidence;
      /**
       * Runs in the transaction that accepts the evidence, and says whether it was still unspent.
       * One statement; false means that someone else was faster, and nothing is accepted.
       */
      readonly spend?: (tx: Tx) => Promise<boolean>;
    }
  | { readonly verdict: 'waiting'; readonly state: string }
  | { readonly verdict: 'refused'; readonly refusal: Refusal; readonly challenge?: Challenge };

/** What the engine knows when it puts a question or judges an answer. */
export interface Context {
  readonly now: Instant;
  readonly user: UserId;
  readonly language: Language;
  /** the sign-in or registration this belongs to, for the audit */
  readonly correlation: string;
  readonly address: string | undefined;
  /** whether the address lies in a trusted named location; budgets differ there */
  readonly trustedNetwork: boolean;
  /** the name of the application that the person wants to enter, in words */
  readonly purpose: string;
}

/** A user's own instance of a method, as pages list it: details masked. */
export interface Credential {
  readonly id: CredentialId;
  readonly method: MethodId;
  /** which of several of a kind: 'mobile', 'alternateMobile', 'office' … */
  readonly kind?: string;
  /** masked: `+81 XX-XXXX-XX78`, or the name a person gave */
  readonly detail: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
  /** the ways in which it may be asked: a phone by 'text' or 'call' */
  readonly ways: readonly string[];
}

export type Begun<Challenge> =
  | { readonly begun: true; readonly challenge: Challenge }
  | { readonly begun: false; readonly refusal: Refusal };

/**
 * A way to prove it is you. Adding one is a folder, a line in `methods/index.ts`, its words, and a
 * migration if it stores. Presence is the declaration: `page` → usable in a browser.
 *
 * The engine keeps the challenge (plain JSON) in the sign-in's row, counts failures, locks, and
 * writes the audit; a method judges one answer and forgets.
 */
export interface AuthenticationMethod<Challenge extends object = object, Answer = unknown> {
  readonly id: MethodId;
  /** the best it can show */
  readonly offers: Omit<Offer, 'method'>;
  readonly answer: ZodType<Answer>;
  credentials(user: UserId): Promise<readonly Credential[]>;
  /** Puts the question: sends the text, places the call. Called once for each press of a button. */
  begin(
    credential: Credential,
    way: string,
    context: Context,
    previous: Challenge | undefined,
  ): Promise<Begun<Challenge>>;
  /** Judges one answer. Has no effect; what must be spent is spent by `spend`. */
  verify(challenge: Challenge, answer: Answer, context: Context): Promise<Verdict<Challenge>>;
  /** Called in the transaction that accepts the evidence: last use. */
  used(tx: Tx, credential: CredentialId, user: UserId, now: Instant): Promise<void>;
  remove(tx: Tx, credential: CredentialId, user: UserId): Promise<boolean>;
  readonly page?: Pages<Challenge>;
  readonly routes?: FastifyPluginAsync;
}

/** How a method looks in a browser. */
export interface Pages<Challenge> {
  /** The question. Its form posts the answer's fields to `action`. */
  question(props: QuestionProps<Challenge>): ComponentChildren;
}

export interface QuestionProps<Challenge> {
  readonly challenge: Challenge;
  readonly credential: Credential;
  readonly action: string;
  /** where the same question is asked anew: another code, another call */
  readonly again: string;
  /** JSON for pages that wait; see web/enhance/wait.ts */
  readonly wait: string;
  readonly refusal: Refusal | undefined;
  readonly state: string | undefined;
  readonly now: Instant;
}
