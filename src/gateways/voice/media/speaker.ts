import { type EventFrame, eventFrames, toneSamples } from '../../../wire/rtp/index.ts';
import type { Codec, Playing, Sound } from './media.ts';
import { frameLength, laws, openSound } from './sound.ts';

/** What goes into one packet. An event's packets all bear the time of its first. */
export type Frame =
  | { readonly is: 'sound'; readonly payload: Uint8Array }
  | {
      readonly is: 'event';
      readonly payload: Uint8Array;
      readonly marker: boolean;
      readonly framesAgo: number;
    };

/** Decides what is sent in each 20 ms of a call: keys first, else what is played, else silence. */
export interface Speaker {
  play(sound: Sound, how?: Playing): Promise<'played' | 'stopped'>;
  stop(): void;
  digits(keys: string): Promise<void>;
  next(codec: Codec, hasEvents: boolean): Frame;
  /** Time went by in which nothing could be sent: what is played goes on after it. */
  skip(frames: number): void;
  close(): void;
}

/** What stands in the line of keys: a key, a pause of so many frames, or the end of what one caller asked for. */
type Step =
  | { readonly step: 'key'; readonly key: string }
  | { readonly step: 'pause'; readonly frames: number }
  | { readonly step: 'done'; readonly tell: () => void };

const frameMilliseconds = 20;
const framesIn = (milliseconds: number): number => Math.ceil(milliseconds / frameMilliseconds);

const toneMilliseconds = 160;
const gapAfterKey = framesIn(80);
const pauses: Readonly<Record<string, number>> = { ',': framesIn(2_000), w: framesIn(500) };

/** The tones of a key, made when they are first needed and shared by all calls. */
const tones = new Map<string, Sound>();
const toneOf = (key: string): Sound => {
  const known = tones.get(key);
  if (known) return known;
  const made = openSound(toneSamples(key, toneMilliseconds));
  tones.set(key, made);
  return made;
};

const silence: Readonly<Record<Codec, Uint8Array>> = {
  PCMU: new Uint8Array(frameLength).fill(laws.PCMU.silence),
  PCMA: new Uint8Array(frameLength).fill(laws.PCMA.silence),
};

const frameAt = (sound: Sound, codec: Codec, frame: number): Uint8Array =>
  sound.encoded(codec).subarray(frame * frameLength, (frame + 1) * frameLength);

interface Played {
  readonly sound: Sound;
  readonly pause: number;
  timesLeft: number;
  /** within the sound; negative while pausing before it */
  frame: number;
  readonly end: (how: 'played' | 'stopped') => void;
}

export function openSpeaker(): Speaker {
  let played: Played | undefined;
  let line: Step[] = [];
  let sending: Generator<Frame> | undefined;
  let closed = false;

  const finish = (how: 'played' | 'stopped'): void => {
    const ended = played;
    played = undefined;
    ended?.end(how);
  };

  /** One frame onwards in what is played; nothing while it pauses. */
  const advance = (): { sound: Sound; frame: number } | undefined => {
    if (!played) return undefined;
    const { sound } = played;
    const frame = played.frame++;
    if (played.frame * frameMilliseconds >= sound.milliseconds) {
      played.timesLeft--;
      played.frame = -played.pause;
      if (played.timesLeft <= 0) finish('played');
    }
    return frame < 0 ? undefined : { sound, frame };
  };

  /** The frames of the next step that has any. */
  const nextStep = (codec: Codec, hasEvents: boolean): Generator<Frame> | undefined => {
    for (let step = line.shift(); step; step = line.shift()) {
      if (step.step === 'done') step.tell();
      else if (step.step === 'pause') return quiet(codec, step.frames);
      else return key(step.key, codec, hasEvents);
    }
    return undefined;
  };

  const nextKeyFrame = (codec: Codec, hasEvents: boolean): Frame | undefined => {
    for (sending ??= nextStep(codec, hasEvents); sending; sending = nextStep(codec, hasEvents)) {
      const { value, done } = sending.next();
      if (!done) return value;
    }
    return undefined;
  };

  return {
    play(sound, how = {}) {
      finish('stopped');
      if (closed || sound.milliseconds === 0) return Promise.resolve('stopped');
      return new Promise(end => {
        const timesLeft = how.times ?? Number.POSITIVE_INFINITY;
        played = { sound, pause: framesIn(how.pause ?? 0), timesLeft, frame: 0, end };
      });
    },
    stop: () => finish('stopped'),
    digits(keys) {
      const steps = [...keys.toUpperCase()].flatMap(stepsOf);
      if (closed || steps.length === 0) return Promise.resolve();
      return new Promise(tell => {
        line.push(...steps, { step: 'done', tell });
      });
    },
    next(codec, hasEvents) {
      const pressed = nextKeyFrame(codec, hasEvents);
      if (pressed) return pressed;
      const at = advance();
      return { is: 'sound', payload: at ? frameAt(at.sound, codec, at.frame) : silence[codec] };
    },
    skip(frames) {
      for (let n = 0; n < frames && played && !sending; n++) advance();
    },
    close() {
      closed = true;
      finish('stopped');
      const waiting = line;
      line = [];
      for (const step of waiting) if (step.step === 'done') step.tell();
    },
  };
}

const stepsOf = (key: string): Step[] => {
  const frames = pauses[key.toLowerCase()];
  if (frames !== undefined) return [{ step: 'pause', frames }];
  return eventFrames(key).length === 0 ? [] : [{ step: 'key', key }];
};

function* key(pressed: string, codec: Codec, hasEvents: boolean): Generator<Frame> {
  if (hasEvents) yield* events(eventFrames(pressed));
  else
    for (let frame = 0; frame < framesIn(toneMilliseconds); frame++)
      yield { is: 'sound', payload: frameAt(toneOf(pressed), codec, frame) };
  yield* quiet(codec, gapAfterKey);
}

function* events(frames: readonly EventFrame[]): Generator<Frame> {
  for (const [framesAgo, frame] of frames.entries()) yield { is: 'event', ...frame, framesAgo };
}

function* quiet(codec: Codec, frames: number): Generator<Frame> {
  for (let n = 0; n < frames; n++) yield { is: 'sound', payload: silence[codec] };
}
