import type { FastifyPluginAsync } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { ZodType } from 'zod';
import type { Person, ProofTable } from '../directory/index.ts';
import type { PauseEnd } from '../gateways/index.ts';
import type { Instant } from '../kit/clock.ts';
import type { CredentialId, UserId } from '../kit/ids.ts';
import type { Evidence, MethodId, Offer, Trait } from '../policies/evidence.ts';
import type { Part, Tx } from '../storage/index.ts';
import type { Language, Words } from '../words/index.ts';
import type { Lock } from './lockout.ts';

/** Why an answer was not accepted. Each has a sentence in `words/`. */
export type Refusal =
  | { readonly reason: 'wrong'; readonly triesLeft?: number }
  | {
      readonly reason: 'malformed' | 'misread' | 'expired' | 'spent' | 'too-many-tries' | 'declined';
    }
  /** its person said that it was not them, and what is paused since */
  | {
      readonly reason: 'fraud';
      /** a phone that was being added; a sign-in when nothing is said */
      readonly of?: 'registration';
      readonly pausedUntil?: PauseEnd;
    }
  /** they had said so before: their phones and apps are asked nothing */
  | { readonly reason: 'paused'; readonly until: PauseEnd }
  /** whoever answers at the number that is being added had said so before */
  | { readonly reason: 'number-reported'; readonly until: PauseEnd }
  | { readonly reason: 'undelivered'; readonly outcome: string }
  /** it was answered while no page waited for it */
  | { readonly reason: 'unattended' }
  | { readonly reason: 'locked' | 'too-many-sends' | 'not-sent-there'; readonly until: Instant }
  | { readonly reason: 'disabled-until-helped' | 'not-allowed' | 'gateway-down' }
  /** whoever was sending died: it may have gone out, and what comes of it is worth nothing */
  | { readonly reason: 'perhaps-sent' }
  /** a right answer of a passkey whose counter went back: a copy of it may be in use */
  | { readonly reason: 'cloned' };

/** What must still be unspent when an answer is accepted: otherwise someone else was faster, and nothing is accepted. */
export interface Spending {
  /** parts of the change that accepts it */
  readonly spends?: readonly Part[];
  /** the same where parts are not enough: runs in that transaction; false when it was spent before */
  readonly spend?: (tx: Tx) => Promise<boolean>;
}

export type Verdict<Challenge> =
  | ({ readonly verdict: 'proved'; readonly evidence: Evidence } & Spending)
  | { readonly verdict: 'waiting'; readonly state: string }
  | { readonly verdict: 'refused'; readonly refusal: Refusal; readonly challenge?: Challenge };

/** What the engine knows when it puts a question or judges an answer. */
export interface Context {
  readonly now: Instant;
  readonly user: UserId;
  /** who that is, if the engine has just read it */
  readonly person?: Person;
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
  /** brought along from elsewhere by the office, and not used since */
  readonly imported?: true;
  /** the ways in which it may be asked: a phone by 'text' or 'call' */
  readonly ways: readonly string[];
  /** where they are not those of its method */
  readonly traits?: readonly Trait[];
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
  /** @param person the same user as the engine has just read them: what came along need not be asked again */
  credentials(user: UserId, person?: Person): Promise<readonly Credential[]>;
  /** where its credentials lie, so that whoever has none there is not asked about */
  readonly table?: ProofTable;
  /** Puts the question: sends the text, places the call. Called once for each press of a button. */
  begin(
    credential: Credential,
    way: string,
    context: Context,
    previous: Challenge | undefined,
  ): Promise<Begun<Challenge>>;
  /** Judges one answer. Has no effect; what must be spent is spent by `spend`. */
  verify(challenge: Challenge, answer: Answer, context: Context): Promise<Verdict<Challenge>>;
  /** Whether the answer comes by another road, so that the page waits: a call, a push. Then `answer` accepts `{}`. */
  waits?(challenge: Challenge): boolean;
  /** Takes a question back that its person left for another one, and says how it is kept: what is answered from now on is nobody's. */
  leave?(challenge: Challenge): Promise<Challenge>;
  /** Where a question stands whose answer is typed all the same: whether a text has arrived. */
  standing?(challenge: Challenge): Promise<string | undefined>;
  /** Called in the transaction that accepts the evidence: last use. */
  used(tx: Tx, credential: CredentialId, user: UserId, now: Instant): Promise<void>;
  /** The same as a part of that change; then `used` is not called. */
  using?(credential: CredentialId, user: UserId, now: Instant): Part;
  remove(tx: Tx, credential: CredentialId, user: UserId): Promise<boolean>;
  /** Calls a credential by another name, where people give them names. */
  rename?(tx: Tx, credential: CredentialId, user: UserId, name: string): Promise<boolean>;
  /** What is wrong with a name, as a sentence; the name as it will be kept, when nothing is. */
  readName?(typed: string, words: Words): { readonly name: string } | { readonly problem: string };
  /** Given for a while by the office: not among what a person calls their own. */
  readonly lent?: true;
  readonly page?: Pages<Challenge>;
  readonly registration?: Registration;
  readonly opening?: Opening<Answer>;
  readonly routes?: FastifyPluginAsync;
}

/** Recognises a person who did not say who they are, before anything else was asked. */
export interface Opening<Answer = unknown> {
  /** whether the organisation wants it */
  offered(): boolean;
  /** Beside the field for the name. Its form posts the answer's fields to `action`. */
  form(props: OpeningProps): ComponentChildren;
  /** Judges one answer to the question of this binding. Has no effect. */
  recognise(answer: Answer, binding: string, now: Instant): Promise<Recognition>;
}

export interface OpeningProps {
  readonly action: string;
  /** one sign-in as it stands: whatever moves it makes another question */
  readonly binding: string;
  readonly error: string | undefined;
  readonly now: Instant;
}

export type Recognition =
  | {
      readonly recognised: true;
      readonly user: UserId;
      readonly credential: Credential;
      readonly evidence: Evidence;
      /** as in a Verdict */
      readonly spend: (tx: Tx) => Promise<boolean>;
    }
  /** `user`: whose it was, for the log and for nobody else */
  | { readonly recognised: false; readonly refusal: Refusal; readonly user?: UserId };

/**
 * How a person adds a credential of a method. The wizard (registration/) puts the pages in order and
 * keeps the draft, plain JSON without a clear secret, in its own row; nothing is stored before it is proved.
 */
export interface Registration<Draft extends object = object, Challenge extends object = object> {
  /** The kinds that could still be added beside these; empty when the limit is reached. */
  kinds(existing: readonly Credential[], user: UserId): readonly string[] | Promise<readonly string[]>;
  /** What must be made before the first page is shown: a secret, sealed. */
  start?(kind: string, context: Context): Promise<Draft>;
  /** One card of the list of what can be added. */
  card(
    words: Words,
    kind: string,
  ): { readonly title: string; readonly line: string; readonly icon: 'phone' | 'app' | 'key' };
  /** The first page: what must be known before anything can be verified. */
  formTitle(words: Words, kind: string): string;
  form(props: FormProps<Draft>): ComponentChildren;
  read(
    fields: Readonly<Record<string, string>>,
    kind: string,
    draft: Draft | undefined,
    context: Context,
  ): Promise<Read<Draft>>;
  begin(draft: Draft, context: Context, previous: Challenge | undefined): Promise<Begun<Challenge>>;
  /** What a wrong answer counts against beside its person: a thing that many could guess at. */
  guessedAt?(draft: Draft): Lock;
  questionTitle(words: Words, challenge: Challenge): string;
  question(props: RegistrationQuestionProps<Draft, Challenge>): ComponentChildren;
  /** 電話番号が追加されました, and what it is good for. */
  added(words: Words, kind: string): { readonly title: string; readonly line: string };
  /** What was learnt by the answer goes on in `draft`: a key that was made only now. */
  verify(
    draft: Draft,
    challenge: Challenge,
    answer: unknown,
    context: Context,
  ): Promise<Verdict<Challenge> & { readonly draft?: Draft }>;
  /** The credential that this draft would become, or why it may not: a limit was reached meanwhile. */
  prepare(draft: Draft, context: Context): Promise<Prepared>;
  /** Stores the proved credential. False: another of its kind was stored meanwhile. */
  add(tx: Tx, draft: Draft, credential: Credential, context: Context): Promise<boolean>;
}

export type Read<Draft> =
  | { readonly ok: true; readonly draft: Draft }
  /** by field: the sentence that says what to do, in the language of the context */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

export type Prepared =
  | { readonly added: true; readonly credential: Credential }
  | { readonly added: false; readonly refusal: Refusal };

export interface FormProps<Draft> {
  readonly kind: string;
  readonly draft: Draft | undefined;
  readonly loginName: string;
  readonly action: string;
  /** what was typed before, and by field the sentence that says what was wrong with it */
  readonly fields: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
  readonly error: string | undefined;
}

export interface RegistrationQuestionProps<Draft, Challenge>
  extends Omit<QuestionProps<Challenge>, 'way' | 'otherWays'> {
  readonly kind: string;
  readonly draft: Draft;
  readonly loginName: string;
}

/** Says to a person, by a way that it did not touch, what became of their security info. */
export type Tell = (
  tx: Tx,
  told: { readonly user: UserId; readonly credential: Pick<Credential, 'method' | 'detail'> } & (
    | { readonly what: 'added' | 'used' }
    | { readonly what: 'renamed'; readonly name: string }
  ),
) => Promise<void>;

/** A method as the engine holds it; it hands a challenge only to the method that made it. */
// biome-ignore lint/suspicious/noExplicitAny: each method has its own challenge; the list forgets which.
export type AnyMethod = AuthenticationMethod<any, any>;

/** How a method looks in a browser. The sentences come from `words/`, in the language of the page. */
export interface Pages<Challenge> {
  /** One line of the list of ways: `+81 XX-XXXX-XX78 にSMSを送信` */
  choice(words: Words, way: { readonly way: string; readonly detail: string }): string;
  title(words: Words, challenge: Challenge): string;
  /** The question. Its form posts the answer's fields to `action`. */
  question(props: QuestionProps<Challenge>): ComponentChildren;
}

export interface QuestionProps<Challenge> {
  readonly challenge: Challenge;
  /** the credential, masked */
  readonly detail: string;
  readonly action: string;
  /** where the same question is asked anew, by posting `way`: another code, another call */
  readonly again: string;
  readonly way: string;
  /** the other ways of the same credential: call instead of text */
  readonly otherWays: readonly string[];
  /** what was wrong with the answer before, as a sentence */
  readonly error: string | undefined;
  /** where a question stands that is answered by another road: 'ringing', 'answered' */
  readonly state: string | undefined;
  readonly now: Instant;
}
