/** An organisation's own recordings. */
export const recordings = {
  language: 'Language',
  name: 'Recording',
  seconds: 'Seconds',
  from: 'Whose',
  words: 'What it says',
  own: 'your own',
  none: (p: { folder: string }) =>
    `There are no recordings of your own in ${p.folder}: calls play those of Genkan.`,
  fine: (p: { count: number; folder: string }) =>
    `Recordings of your own that calls play: ${p.count} (in ${p.folder}). Nothing is wrong with them.`,
  unusable: (p: { count: number }) =>
    `Recordings that calls cannot play: ${p.count}. Those of Genkan are played instead.`,
  howTo:
    'save them as WAV, PCM, 16 bit, 8000 Hz, mono, shorter than 20 seconds; they are read when calls are started anew',
  unreadable: 'cannot be read: it points nowhere, is no file, or is not for Genkan to read.',
  'not-wav': 'is not a WAV file.',
  'cut-short': 'ends in the middle. Copy it here again.',
  compressed: 'is compressed. Save it as WAV with PCM, 16 bit.',
  rate: (p: { found: number }) =>
    `has ${p.found} samples a second, and a telephone carries 8000. Save it with 8000 Hz.`,
  channels: (p: { found: number }) => `has ${p.found} channels. Save it with one (mono).`,
  bits: (p: { found: number }) => `has ${p.found} bits a sample. Save it with 16.`,
  'too-large': (p: { kilobytes: number }) => `has ${p.kilobytes} kB; at most 1024 are allowed.`,
  'too-long': (p: { seconds: string }) =>
    `lasts ${p.seconds} seconds. Nobody waits for more than 20: shorten it.`,
  silent: 'is silent from beginning to end. Record it again.',
  'unknown-name': (p: { guess: string | undefined }) =>
    `is not a name that calls know.${p.guess ? ` Did you mean ${p.guess}?` : ' See: genkan prompts list'}`,
};
