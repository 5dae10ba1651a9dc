import { createHash } from 'node:crypto';
import type { SpokenLanguage } from '../../words/index.ts';
import { ownRecordings, type RecordingName, shippedRecordings, surveyRecordings } from './recordings.ts';

/** A recording as Twilio fetches it. */
interface Recorded {
  readonly path: string;
  /** with a hash of its sound in it: Twilio keeps what it fetched, and another recording is another file */
  readonly called: string;
}

/** What is said in calls by Twilio. */
export interface Said {
  /** the file that says it; nothing where Twilio's own voice is to speak */
  called(language: SpokenLanguage, name: RecordingName): string | undefined;
  /** where that file lies */
  path(called: string): string | undefined;
  /** how long it takes, in ms */
  lasts(language: SpokenLanguage, name: RecordingName): number;
}

/** Twilio's voice reads the words of our recordings. How fast is its own affair; this much slower at most. */
const slower = 1.2;

/** @param speech our recordings and those of the organisation in their place, or Twilio's own voice */
export function openSaid(speech: 'recordings' | 'spoken', dataFolder: string): Said {
  const shipped = shippedRecordings();
  const { used } = surveyRecordings(
    speech === 'recordings' ? { shipped, own: ownRecordings(dataFolder) } : { shipped },
  );
  const lengths = new Map(
    used.map(({ language, name, samples }) => [
      `${language}-${name}`,
      (samples.length / 8) * (speech === 'spoken' ? slower : 1),
    ]),
  );
  const files = new Map<string, Recorded>();
  if (speech === 'recordings')
    for (const { language, name, file, samples } of used) {
      const hash = createHash('sha256')
        .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
        .digest('hex')
        .slice(0, 8);
      files.set(`${language}-${name}`, { path: file, called: `${language}-${name}-${hash}.wav` });
    }
  const paths = new Map([...files.values()].map(({ called, path }) => [called, path]));
  return {
    called: (language, name) => files.get(`${language}-${name}`)?.called,
    path: called => paths.get(called),
    lasts: (language, name) => lengths.get(`${language}-${name}`) ?? 0,
  };
}
