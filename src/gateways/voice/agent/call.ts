import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { seconds } from '../../../kit/clock.ts';
import type { Agreed, Crypto, Ours } from '../../../wire/sdp/index.ts';
import type { CallScript, CallState } from '../../gateway.ts';
import type { Press } from '../keys.ts';
import type { MediaEngine, MediaSession, SrtpKey } from '../media/index.ts';
import type { PromptName } from '../prompts.ts';
import type { Recordings } from '../recordings.ts';
import type { EndReason, Leg, LegEvent, UserAgent } from '../sip/index.ts';
import { keyInInfo, openPressing, type Pressing } from './pressing.ts';

/** One call to a person: rings, asks, listens, says how it ended. */
export interface PhoneCall {
  hangUp(): void;
}

export interface CallDeps {
  readonly agent: UserAgent;
  readonly media: MediaEngine;
  readonly recordings: Recordings;
  readonly srtp: boolean;
  readonly now: () => number;
  /** for the log: why a call ended, without whom it was to */
  readonly note: (text: string) => void;
}

export interface CallPlan {
  readonly digits: string;
  readonly script: CallScript;
  /** what is pressed after the answer to reach an extension */
  readonly extension?: string;
  readonly tell: (state: CallState) => void;
  /** everything is over, goodbyes too */
  readonly gone: () => void;
}

export const callTimes = {
  ringing: seconds(45),
  /** From the answer on. An analog line says that it was answered before somebody picked up, so it is long. */
  asking: seconds(60),
  betweenQuestions: 1500,
  goodbye: seconds(12),
  /** somebody who speaks for so long without a pause and presses nothing is a recording */
  greeting: seconds(6),
} as const;

export function openCall(deps: CallDeps, plan: CallPlan, times = callTimes): PhoneCall {
  const { script } = plan;
  let session: MediaSession | undefined;
  /** from when on keys count: after the answer, and after the extension */
  let pressing: Pressing | undefined;
  /** no events were agreed: keys are listened for in the sound (docs/decisions/0016) */
  let inBand = false;
  /** the person was told how it ended, or nobody is there any more */
  let concluded = false;
  let gone = false;
  let limit: NodeJS.Timeout | undefined;

  const leg: Leg = deps.agent.call({ to: plan.digits, ringFor: times.ringing, ours, on: heard });

  async function ours(address: string): Promise<Ours> {
    session?.close();
    const opened = await deps.media.open({ family: isIP(address) === 6 ? 6 : 4, address, srtp: deps.srtp });
    session = opened;
    if (gone) opened.close();
    opened.onKey(key => press(key, inBand ? 'tone' : 'event'));
    opened.onQuiet(() => lost());
    return {
      address,
      port: opened.local.port,
      codecs: ['PCMU', 'PCMA'],
      ...(deps.srtp ? { crypto: opened.local.crypto.map(cryptoOf) } : {}),
    };
  }

  function heard(event: LegEvent): void {
    if (event.is === 'ringing') plan.tell('ringing');
    else if (event.is === 'info') {
      const key = keyInInfo(event.type, event.body);
      if (key) press(key, 'info');
    } else if (event.is === 'answered') void answered(event.terms).catch(broken);
    else if (event.is === 'changed') void connect(event.terms).catch(broken);
    else over(event.because, event.detail);
  }

  async function connect(terms: Agreed): Promise<void> {
    const address = isIP(terms.address) === 0 ? (await lookup(terms.address)).address : terms.address;
    inBand = terms.telephoneEvent === undefined;
    session?.connect({
      address,
      port: terms.port,
      ...(terms.rtcpPort === undefined ? {} : { rtcpPort: terms.rtcpPort }),
      codec: terms.codec,
      ...(terms.telephoneEvent === undefined ? {} : { telephoneEvent: terms.telephoneEvent }),
      ...(terms.crypto ? { crypto: keyOf(terms.crypto, session.local.crypto) } : {}),
      inBand,
      onHold: terms.direction === 'sendonly' || terms.direction === 'inactive',
    });
  }

  async function answered(terms: Agreed): Promise<void> {
    plan.tell('answered');
    await connect(terms);
    if (concluded || gone) return;
    limit = setTimeout(() => conclude(isRecording() ? 'voicemail' : 'no-key'), times.asking);
    if (plan.extension !== undefined) await session?.sendDigits(plan.extension);
    if (concluded || gone) return;
    pressing = openPressing(script.expect, deps.now);
    void session?.play(deps.recordings.question(script), {
      pause: times.betweenQuestions,
    });
  }

  /** Keys count from the answer on; those of a switchboard before the extension are nobody's. */
  function press(key: Press, way: 'event' | 'tone' | 'info'): void {
    if (!pressing || concluded) return;
    const state = pressing.press(key, way);
    if (state !== 'listening') conclude(state);
  }

  const isRecording = (): boolean => (session?.voiceRun() ?? 0) >= times.greeting;

  function conclude(state: 'confirmed' | 'fraud' | 'wrong-key' | 'no-key' | 'voicemail'): void {
    if (concluded || gone) return;
    concluded = true;
    clearTimeout(limit);
    plan.tell(state);
    if (state === 'voicemail') leg.hangUp();
    else void sayGoodbye(state);
  }

  async function sayGoodbye(name: PromptName): Promise<void> {
    limit = setTimeout(() => leg.hangUp(), times.goodbye);
    await session?.play(deps.recordings.say(script.language, name), { times: 1 });
    leg.hangUp();
  }

  function lost(): void {
    if (concluded || gone) return;
    deps.note('nothing was heard from the phone any more');
    leg.hangUp();
  }

  function broken(error: unknown): void {
    deps.note(`a call broke: ${error instanceof Error ? error.message : error}`);
    if (!concluded) plan.tell('failed');
    concluded = true;
    leg.hangUp();
  }

  function over(because: EndReason, detail: string): void {
    if (gone) return;
    gone = true;
    clearTimeout(limit);
    if (!concluded) {
      deps.note(`a call ended: ${because}, ${detail}`);
      plan.tell(because === 'hung-up' && isRecording() ? 'voicemail' : stateOf[because]);
    }
    concluded = true;
    session?.close();
    plan.gone();
  }

  return { hangUp: () => leg.hangUp() };
}

const stateOf: Readonly<Record<EndReason, CallState>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'rejected',
  unreachable: 'unreachable',
  'hung-up': 'hung-up',
  'ended-here': 'failed',
  failed: 'failed',
};

const cryptoOf = ({ suite, key }: SrtpKey, index: number): Crypto => ({
  tag: index + 1,
  suite,
  key: Buffer.from(key).toString('base64'),
});

/** The peer's key, for that suite of ours which it chose. */
function keyOf(crypto: Crypto, offered: readonly SrtpKey[]): SrtpKey {
  const ours = offered.find(({ suite }) => suite === crypto.suite);
  if (!ours) throw new Error(`${crypto.suite} was not offered`);
  return { suite: ours.suite, key: Buffer.from(crypto.key, 'base64') };
}
