import { type Delivery, maskPhoneNumber } from '../../gateways/index.ts';
import { minutes } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import type { Evidence } from '../../policies/evidence.ts';
import { languageSpokenTo } from '../../words/index.ts';
import type { Begun, Context, Refusal, Verdict } from '../method.ts';
import { type CallChallenge, type HeldBack, judgeCall, newNumber } from './call.ts';
import { hashOf, judge, lifetime, newCode, sendingAfter, type TextChallenge, type Texts } from './code.ts';
import type { PhoneSettings } from './settings.ts';
import type { Line, PhoneWay } from './store.ts';
import { textFor } from './text.ts';

export type PhoneChallenge = TextChallenge | CallChallenge;

export interface Asking {
  /** Texts or calls a line, be it stored or about to be. */
  ask(
    line: Line,
    way: PhoneWay,
    context: Context,
    previous: PhoneChallenge | undefined,
  ): Promise<Begun<PhoneChallenge>>;
  verify(challenge: PhoneChallenge, code: string, context: Context): Promise<Verdict<PhoneChallenge>>;
  /** Hangs up, where it is a call. A code that was texted stays good: one may come back to it. */
  leave(challenge: PhoneChallenge): Promise<PhoneChallenge>;
}

export function openAsking(deps: {
  delivery: Delivery;
  /** lines that are about to be added; those of a sign-in when nothing is said */
  of?: 'registration';
  key: Buffer;
  settings: () => PhoneSettings;
  /** the language that was set for the person, which may be one without pages */
  ownLanguage(context: Context): Promise<string | undefined>;
}): Asking {
  const { delivery, key, of } = deps;

  const sendOf = async (context: Context) => {
    const { user, address, trustedNetwork, correlation } = context;
    const language = languageSpokenTo(await deps.ownLanguage(context), context.language);
    return { user, address, trustedNetwork, correlation, language, ...(of ? { of } : {}) };
  };

  async function heldBack({ delivery: sent }: PhoneChallenge, user: Context['user']): Promise<HeldBack> {
    const [paused, reported] = await Promise.all([
      delivery.pauseOf(user),
      of === 'registration' ? delivery.reportOn(sent) : undefined,
    ]);
    return { of, paused: paused?.until, reported };
  }

  async function text(
    line: Line,
    context: Context,
    previous: PhoneChallenge | undefined,
  ): Promise<Begun<PhoneChallenge>> {
    const may = sendingAfter(previous && textsOf(previous), context.now);
    if (!may.may) return { begun: false, refusal: may.refusal };
    const { organisation, host } = deps.settings();
    const { user, correlation, now } = context;
    const code = newCode();
    const id = newId(now);
    const send = await sendOf(context);
    const named = { organisation: organisation[context.language], host, code };
    const message = textFor({ language: send.language, ...named });
    const sent = await delivery.sendText({ ...send, id, to: line.number, text: message });
    if (!sent.sent) return { begun: false, refusal: sent.refusal };
    const challenge: TextChallenge = {
      way: 'text',
      id,
      delivery: sent.delivery,
      hash: hashOf(key, code, { challenge: id, user, correlation }),
      to: maskPhoneNumber(line.number),
      sentAt: now,
      expiresAt: now + lifetime,
      triesLeft: may.triesLeft,
      sends: may.sends,
      againAt: may.againAt,
    };
    return { begun: true, challenge };
  }

  async function call(
    line: Line,
    context: Context,
    previous: PhoneChallenge | undefined,
  ): Promise<Begun<PhoneChallenge>> {
    const { callConfirmation } = deps.settings();
    const id = newId(context.now);
    const number = callConfirmation === 'number' ? newNumber() : undefined;
    const sent = await delivery.placeCall({
      ...(await sendOf(context)),
      id,
      to: line.number,
      expect: number === undefined ? { keys: '#' } : { keys: 'number', number },
      ...(line.extension ? { extension: line.extension } : {}),
    });
    if (!sent.sent) return { begun: false, refusal: sent.refusal };
    const texts = previous && textsOf(previous);
    const challenge: CallChallenge = {
      way: 'call',
      id,
      ...(texts ? { texts } : {}),
      delivery: sent.delivery,
      to: maskPhoneNumber(line.number),
      placedAt: context.now,
      expiresAt: context.now + minutes(5),
      ...(number === undefined ? {} : { number }),
    };
    return { begun: true, challenge };
  }

  return {
    ask: (line, way, context, previous) =>
      way === 'text' ? text(line, context, previous) : call(line, context, previous),

    async leave(challenge) {
      if (challenge.way === 'text' || challenge.ended) return challenge;
      await delivery.hangUp(challenge.delivery);
      return { ...challenge, ended: 'withdrawn' };
    },

    async verify(challenge, code, context) {
      const { now, user, correlation } = context;
      const spends = [delivery.verifying(challenge.delivery)];
      if (challenge.way === 'text') {
        const { paused, reported } = await heldBack(challenge, user);
        // Whoever asked for it before may have been the one who was reported since.
        if (paused !== undefined) return refused({ reason: 'paused', until: paused }, challenge);
        if (reported !== undefined) return refused({ reason: 'number-reported', until: reported }, challenge);
        const judged = judge(challenge, code, { user, correlation }, key, now);
        if (judged.is === 'right') return { verdict: 'proved', evidence: evidenceOf('text', now), spends };
        return refused(judged.refusal, judged.challenge);
      }
      const stands = () => delivery.stands(challenge.delivery);
      const before = await stands();
      const held = await heldBack(challenge, user);
      const isHeld = held.paused !== undefined || held.reported !== undefined;
      // A report is written together with the pause that it led to. It may have come between the two readings: whoever
      // has read of the pause looks again whether it was this very call that was reported.
      const judged = judgeCall(challenge, isHeld ? await stands() : before, now, held);
      switch (judged.is) {
        case 'confirmed':
          return { verdict: 'proved', evidence: evidenceOf('call', now), spends };
        case 'waiting':
          return { verdict: 'waiting', state: judged.state };
        case 'refused':
          return refused(judged.refusal, judged.challenge);
      }
    },
  };
}

const textsOf = (challenge: PhoneChallenge): Texts | undefined => {
  if (challenge.way === 'call') return challenge.texts;
  const { triesLeft, sends, againAt } = challenge;
  return { triesLeft, sends, againAt };
};

const refused = (refusal: Refusal, challenge: PhoneChallenge | undefined): Verdict<PhoneChallenge> => ({
  verdict: 'refused',
  refusal,
  ...(challenge ? { challenge } : {}),
});

/** RFC 8176: `sms` and the code in it, or `tel`. Neither is more than a phone in someone's hand. */
export const amrOf: Readonly<Record<PhoneWay, readonly string[]>> = { text: ['sms', 'otp'], call: ['tel'] };

const evidenceOf = (way: PhoneWay, at: number): Evidence => ({
  method: 'phone',
  factors: ['possession'],
  traits: ['phone-network'],
  amr: amrOf[way],
  at,
});
