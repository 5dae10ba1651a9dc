import type { FastifyPluginAsync } from 'fastify';
import type { SpokenLanguage } from '../words/index.ts';

/** A telephone number in E.164 (`+819012345678`) that was parsed, and may be called or texted. */
export type PhoneNumber = string & { readonly of: 'phone-number' };

/** What became of a text. 'accepted' is the gateway's word, 'delivered' the network's. */
export type TextOutcome = 'accepted' | 'delivered' | 'undelivered' | 'unknown';

/** The ends of a call, each told apart. */
export const callEnds = [
  'confirmed',
  'fraud',
  'wrong-key',
  'no-key',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'voicemail',
  'hung-up',
  'failed',
] as const;

export const callStates = ['dialling', 'ringing', 'answered', ...callEnds] as const;

/** Where a call stands. */
export type CallState = (typeof callStates)[number];

/** What a call asks of the person. The organisation is not spoken: the prompts are recordings. */
export interface CallScript {
  readonly language: SpokenLanguage;
  /** `#` alone, or these digits (shown on the sign-in page) and then `#` */
  readonly expect: { readonly keys: '#' } | { readonly keys: 'number'; readonly number: string };
  /** digits to send after the answer, to reach an extension of a switchboard */
  readonly extension?: string;
}

/** Which send a report is about: by its own name, or by the one that the gateway gave it when it took it. */
export type Which = { readonly delivery: string } | { readonly gateway: string; readonly reference: string };

/**
 * Where gateways tell what became of a send, whenever they learn of it: in this process or after it was
 * started again, on the node that sent it or on another one. Late, doubled and unknown reports change nothing.
 */
export interface Reports {
  text(which: Which, outcome: TextOutcome): void;
  /** Every change of a call is told; the last one is an end. */
  call(which: Which, state: CallState): void;
}

/**
 * Whether a gateway took something: `reference` is its own name for it, which receipts will bear. 'perhaps' is
 * for what was asked for and not answered: it may go out, so that no other gateway may send it.
 */
export type Taken =
  | { readonly taken: true; readonly reference?: string }
  | { readonly taken: false; readonly reason: string }
  | { readonly taken: 'perhaps'; readonly reason: string };

/** Whether a gateway could take something now. */
export type GatewayState =
  | { readonly is: 'up' }
  | { readonly is: 'starting' }
  | { readonly is: 'down'; readonly because: string };

/** What an operator says of a gateway, whatever its driver. */
export interface Terms {
  /** ISO 3166, where it reaches; everywhere when nothing is said */
  readonly countries?: readonly string[];
  /** of one message, or of one call */
  readonly cost?: { readonly amount: number; readonly currency: string };
}

interface PhoneGateway {
  readonly id: string;
  readonly terms?: Terms;
  /**
   * What its provider calls, mounted at `/gateways/<id>`. Bodies arrive as the text that was sent, so that
   * a signature can be verified; no form token is asked for, so every route verifies one.
   */
  readonly routes?: FastifyPluginAsync;
  /** Says, once and before anything is sent, where reports go. */
  listen(reports: Reports): void;
  state(): GatewayState;
  /** Ends what is under way, reports it, and lets go of the connection. */
  close(): Promise<void>;
}

export interface TextGateway extends PhoneGateway {
  readonly kind: 'text';
  /**
   * Resolves once the gateway took the message or refused it; never sends twice. `id` names this one send.
   * Aborting asks for an answer at once: 'perhaps' when the request had gone out, a refusal when it had not.
   */
  send(
    text: { readonly id: string; readonly to: PhoneNumber; readonly text: string },
    signal: AbortSignal,
  ): Promise<Taken>;
}

export interface VoiceGateway extends PhoneGateway {
  readonly kind: 'voice';
  /** its calls go on when the process that placed them dies, and whichever node is asked answers for them */
  readonly outlivesUs?: true;
  /** Places one call. Aborting hangs up; before the call was taken, it also asks for an answer at once. */
  call(
    call: { readonly id: string; readonly to: PhoneNumber; readonly script: CallScript },
    signal: AbortSignal,
  ): Promise<Taken>;
}

export interface MailGateway {
  readonly kind: 'mail';
  readonly id: string;
  send(mail: {
    readonly id: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
  close(): Promise<void>;
}
