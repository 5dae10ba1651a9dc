import type { Language } from '../words/index.ts';

/** A telephone number in E.164 (`+819012345678`) that was parsed, and may be called or texted. */
export type PhoneNumber = string & { readonly of: 'phone-number' };

/** What became of a text. 'accepted' is the gateway's word, 'delivered' the network's. */
export type TextOutcome = 'accepted' | 'delivered' | 'undelivered' | 'unknown';

/** Where a call stands. All but the first three are ends. */
export type CallState =
  | 'dialling'
  | 'ringing'
  | 'answered'
  | 'confirmed'
  | 'fraud'
  | 'wrong-key'
  | 'no-key'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'unreachable'
  | 'voicemail'
  | 'hung-up'
  | 'failed';

/** What a call asks of the person. The organisation is not spoken: the prompts are recordings. */
export interface CallScript {
  readonly language: Language;
  /** `#` alone, or these digits (shown on the sign-in page) and then `#` */
  readonly expect: { readonly keys: '#' } | { readonly keys: 'number'; readonly number: string };
  /** digits to send after the answer, to reach an extension of a switchboard */
  readonly extension?: string;
}

export interface TextGateway {
  readonly kind: 'text';
  readonly id: string;
  /** Resolves once the gateway took the message or refused it; never sends twice. `id` names this one send. */
  send(
    text: { readonly id: string; readonly to: PhoneNumber; readonly text: string },
    report: (outcome: TextOutcome) => void,
    signal: AbortSignal,
  ): Promise<{ readonly taken: true } | { readonly taken: false; readonly reason: string }>;
  close(): Promise<void>;
}

export interface VoiceGateway {
  readonly kind: 'voice';
  readonly id: string;
  /** Places one call. Every change of state is reported, the last one is an end. Aborting hangs up. */
  call(
    call: { readonly id: string; readonly to: PhoneNumber; readonly script: CallScript },
    report: (state: CallState) => void,
    signal: AbortSignal,
  ): Promise<{ readonly taken: true } | { readonly taken: false; readonly reason: string }>;
  close(): Promise<void>;
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
