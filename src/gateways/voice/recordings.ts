import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../kit/nearest.ts';
import { rootFolder } from '../../kit/root.ts';
import { isSpokenLanguage, type SpokenLanguage, spokenLanguages } from '../../words/index.ts';
import type { CallScript } from '../gateway.ts';
import { openSound, type Sound } from './media/index.ts';
import { type PromptName, promptNames, promptOf, questionOf } from './prompts.ts';
import { readWav, type WavProblem } from './wav.ts';

/** An organisation's own recordings: `<folder>/<language>/<name>.wav`, with its name as `organisation.wav`. */
export interface Folders {
  /** those that come with Genkan */
  readonly shipped: string;
  readonly own?: string | undefined;
}

/** Where those lie that come with Genkan. */
export const shippedRecordings = (): string => join(rootFolder(), 'prompts', 'audio');

/** Where an organisation puts its own. */
export const ownRecordings = (dataFolder: string): string => join(dataFolder, 'prompts');

/** What may be recorded: the prompts, and the name of the house, which has no recording of ours. */
export const recordingNames = ['organisation', ...promptNames] as const;
export type RecordingName = (typeof recordingNames)[number];

export type RecordingProblem =
  | WavProblem
  | { readonly is: 'too-large'; readonly octets: number }
  | { readonly is: 'too-long'; readonly seconds: number }
  | { readonly is: 'silent' }
  /** it points nowhere, is no file, or is not ours to read */
  | { readonly is: 'unreadable' }
  | { readonly is: 'unknown-name'; readonly guess: string | undefined };

export interface Recording {
  readonly language: SpokenLanguage;
  readonly name: RecordingName;
  readonly file: string;
  readonly from: 'genkan' | 'organisation';
  /** 16 bits, 8000 a second */
  readonly samples: Int16Array;
}

export interface UnusableRecording {
  readonly file: string;
  readonly problem: RecordingProblem;
}

export interface Survey {
  /** what is spoken, one for each language and name that has a recording */
  readonly used: readonly Recording[];
  /** what the organisation put there and is not used */
  readonly unusable: readonly UnusableRecording[];
}

export const longestSeconds = 20;
export const mostOctets = 1_048_576;
/** of 32,768: quieter than this everywhere is no recording */
const quietest = 300;

/** Looks through both folders. A recording of the organisation's own that is fit to be used replaces ours. */
export function surveyRecordings(folders: Folders): Survey {
  const files = folders.own !== undefined && existsSync(folders.own) ? wavsIn(folders.own) : [];
  const fit = new Map<string, Recording>();
  const unusable: UnusableRecording[] = [];
  for (const { language, name, file } of files) {
    if (!isSpokenLanguage(language) || !isRecordingName(name)) {
      unusable.push({ file, problem: { is: 'unknown-name', guess: guessFor(language, name) } });
      continue;
    }
    const loaded = load(file);
    if ('problem' in loaded) unusable.push({ file, problem: loaded.problem });
    else
      fit.set(`${language}/${name}`, { language, name, file, from: 'organisation', samples: loaded.samples });
  }
  const used = spokenLanguages.flatMap(language =>
    recordingNames.flatMap(name => fit.get(`${language}/${name}`) ?? shippedOf(folders, language, name)),
  );
  return { used, unusable };
}

function shippedOf(folders: Folders, language: SpokenLanguage, name: RecordingName): readonly Recording[] {
  if (name === 'organisation') return [];
  const file = join(folders.shipped, promptOf(language, name).file);
  return [{ language, name, file, from: 'genkan', samples: shippedSamples(file) }];
}

const isRecordingName = (name: string): name is RecordingName =>
  (recordingNames as readonly string[]).includes(name);

const wavsIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => !entry.isDirectory() && /\.wav$/i.test(entry.name))
    .map(entry => {
      const file = join(entry.parentPath, entry.name);
      const [language = '', name = '', ...deeper] = file.slice(folder.length + 1).split(/[/\\]/);
      return { language, name: [name, ...deeper].join('/').replace(/\.wav$/, ''), file };
    })
    .toSorted((a, b) => a.file.localeCompare(b.file));

const guessFor = (language: string, name: string): string | undefined => {
  const known = spokenLanguages.flatMap(l => recordingNames.map(n => `${l}/${n}.wav`));
  return nearest(`${language}/${name.toLowerCase().replaceAll('_', '-')}.wav`, known);
};

type Loaded = { readonly samples: Int16Array } | { readonly problem: RecordingProblem };

/** Reads a recording of the organisation's own, by the rules for them. */
function load(file: string): Loaded {
  const octets = octetsOf(file);
  if (octets === undefined) return { problem: { is: 'unreadable' } };
  if (typeof octets === 'number') return { problem: { is: 'too-large', octets } };
  const wav = readWav(octets);
  if (!wav.read) return { problem: wav.problem };
  const seconds = wav.samples.length / 8000;
  if (seconds >= longestSeconds) return { problem: { is: 'too-long', seconds } };
  if (wav.samples.every(sample => Math.abs(sample) < quietest)) return { problem: { is: 'silent' } };
  return wav;
}

/** What is in it; how much, when that is too much. */
function octetsOf(file: string): Buffer | number | undefined {
  try {
    const { size } = statSync(file);
    return size > mostOctets ? size : readFileSync(file);
  } catch {
    // Whatever keeps it from being read: calls go on with ours, and the office is told of the file.
    return undefined;
  }
}

function shippedSamples(file: string): Int16Array {
  const wav = readWav(readFileSync(file));
  if (!wav.read) throw new Error(`${file}: ${wav.problem.is}. It came with Genkan; install it anew.`);
  return wav.samples;
}

/** What calls play. */
export interface Recordings {
  /** What a call begins with: the name of the house, if it was recorded, and the question. */
  question(script: Pick<CallScript, 'language' | 'expect'>): Sound;
  say(language: SpokenLanguage, name: PromptName): Sound;
  /** the organisation's recordings that could not be used: ours are played instead */
  readonly unusable: readonly UnusableRecording[];
}

/** Reads every recording once; each is encoded when it is first played, and shared by all calls. */
export function openRecordings(folders: Folders): Recordings {
  const { used, unusable } = surveyRecordings(folders);
  const samples = new Map(
    used.map(({ language, name, samples }) => [`${language}/${name}`, samples] as const),
  );
  const of = (language: SpokenLanguage, name: RecordingName): Int16Array =>
    samples.get(`${language}/${name}`) ?? new Int16Array();
  const sounds = new Map<string, Sound>();
  const sound = (key: string, make: () => Int16Array): Sound => {
    const known = sounds.get(key) ?? openSound(make());
    sounds.set(key, known);
    return known;
  };
  return {
    unusable,
    question(script) {
      const { language } = script;
      const name = questionOf(script);
      return sound(`question ${language} ${name}`, () =>
        joined(of(language, 'organisation'), of(language, name)),
      );
    },
    say: (language, name) => sound(`${language} ${name}`, () => of(language, name)),
  };
}

function joined(first: Int16Array, second: Int16Array): Int16Array {
  const both = new Int16Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
