import { seconds } from '../../kit/clock.ts';
import { type SpokenLanguage, spokenWordsFor } from '../../words/index.ts';
import type { CallScript, CallState } from '../gateway.ts';
import { pressed, pressesIn } from '../voice/keys.ts';
import { type PromptName, questionOf } from '../voice/prompts.ts';
import type { RecordingName } from '../voice/recordings.ts';

/** Where a conversation by telephone stands; it travels with Twilio's requests, wrapped. */
export interface Conversation {
  readonly delivery: string;
  readonly language: SpokenLanguage;
  readonly expect: CallScript['expect'];
  /** what was pressed since the question was last asked */
  readonly keys: string;
  /** how often the question may still be asked */
  readonly questions: number;
}

/** How things are said and heard. */
export interface Speech {
  /** the address of a recording; nothing where Twilio's own voice is to speak */
  recording(language: SpokenLanguage, name: RecordingName): string | undefined;
  /** where the keys are told */
  heard(conversation: Conversation): string;
}

/** What happens next in a call: what Twilio is to do (TwiML), and where the call stands if that is news. */
export interface Turn {
  readonly twiml: string;
  readonly state?: CallState;
}

/** How long Twilio listens when a question was asked, in seconds. */
const listens = 5;
/** What it may need to ask us what comes next, and to fetch a recording, in ms. */
const between = seconds(1);
const mostQuestions = 3;

/**
 * How often there is time to ask, in ms, before whoever presses nothing is told so. Once in any case: also when it
 * is cut short, the page says that nothing was pressed.
 * @param lasts how long something takes to be said, in ms
 */
export function questionsWithin(
  time: number,
  expect: CallScript['expect'],
  lasts: (name: RecordingName) => number,
): number {
  const question = lasts('organisation') + lasts(questionOf({ expect })) + seconds(listens) + between;
  const fit = Math.floor((time - lasts('no-key') - between) / question);
  return Math.min(mostQuestions, Math.max(1, fit));
}

/** The first words of a call, and then the wait for keys. */
export const ask = (conversation: Conversation, speech: Speech): string =>
  respond(gather(conversation, speech, questionOf(conversation)));

/** After keys were pressed, or none: the question again, the rest of an answer, or the end. */
export function hear(conversation: Conversation, digits: string, speech: Speech): Turn {
  const { language, expect, questions } = conversation;
  const end = (state: CallState, name: PromptName): Turn => ({
    state,
    twiml: respond(say(language, name, speech), '<Hangup/>'),
  });
  if (digits === '')
    return questions > 1
      ? { twiml: ask({ ...conversation, keys: '', questions: questions - 1 }, speech) }
      : end('no-key', 'no-key');
  const keys = conversation.keys + digits;
  const presses = pressesIn(keys);
  const amounts = presses ? pressed(presses, expect) : 'wrong-key';
  if (amounts !== 'listening') return end(amounts, amounts);
  return { twiml: respond(gather({ ...conversation, keys }, speech)) };
}

const voices: Readonly<Record<SpokenLanguage, string>> = {
  ja: 'ja-JP',
  en: 'en-US',
  zh: 'zh-CN',
  ko: 'ko-KR',
  vi: 'vi-VN',
};

function say(language: SpokenLanguage, name: PromptName, speech: Speech): string {
  const recording = speech.recording(language, name);
  return recording === undefined
    ? `<Say language="${voices[language]}">${xml(spokenWordsFor(language).voice[name])}</Say>`
    : `<Play>${xml(recording)}</Play>`;
}

/** The name of the house, where it was recorded. */
function house(language: SpokenLanguage, speech: Speech): string {
  const recording = speech.recording(language, 'organisation');
  return recording === undefined ? '' : `<Play>${xml(recording)}</Play>`;
}

/**
 * `finishOnKey=""`, since Twilio would keep to itself the `#` that everything depends on. The digits that are
 * asked for come at once, so that none is lost between two requests; a key more, or fewer, comes by itself.
 */
function gather(conversation: Conversation, speech: Speech, question?: PromptName): string {
  const { expect, keys, language } = conversation;
  const most =
    expect.keys === '#' ? 1 : Math.max(1, expect.number.length + 1 - keys.replaceAll('*', '').length);
  const said = question === undefined ? '' : house(language, speech) + say(language, question, speech);
  return [
    `<Gather input="dtmf" finishOnKey="" numDigits="${most}" timeout="${listens}" actionOnEmptyResult="true" method="POST"`,
    ` action="${xml(speech.heard(conversation))}">${said}</Gather>`,
  ].join('');
}

const respond = (...verbs: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`;

const xml = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`);
