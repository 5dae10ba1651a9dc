import {
  ownRecordings,
  type RecordingProblem,
  type Survey,
  shippedRecordings,
  surveyRecordings,
} from '../../gateways/index.ts';
import { spokenWordsFor, type Words, wordsFor } from '../../words/index.ts';
import type { Common, Program, Screens } from '../command.ts';
import { configurationFor } from '../context.ts';
import { languageOf } from '../run.ts';
import { tableOf } from '../table-text.ts';

type Sentences = Words['office']['recordings'];

/** What a command about recordings found, for scripts and for people. */
interface Told {
  readonly data: unknown;
  readonly text: string;
  readonly next?: string;
  readonly status: 0 | 1;
}

/** Recordings lie in the data folder; whoever looks after them needs no database. */
function aboutRecordings(
  path: string,
  tell: (survey: Survey, folder: string, sentences: Sentences, product: string) => Told,
): Program {
  return {
    path,
    arguments: ['[folder]'],
    options: {},
    async start(given, common: Common, { stdout, stderr }: Screens) {
      const { office, page } = wordsFor(languageOf(common.language, process.env));
      const { dataFolder } = configurationFor(common, process.env);
      const [folder = ownRecordings(dataFolder)] = given.arguments;
      const told = tell(
        surveyRecordings({ shipped: shippedRecordings(), own: folder }),
        folder,
        office.recordings,
        page.product,
      );
      stdout.write(common.json ? `${JSON.stringify(told.data, null, 2)}\n` : `${told.text}\n`);
      if (!common.json && told.next !== undefined)
        stderr.write(`${office.outcome.next({ what: told.next })}\n`);
      return told.status;
    },
  };
}

const secondsOf = (samples: Int16Array): number => Math.round(samples.length / 80) / 100;

const list = aboutRecordings('prompts list', ({ used }, _folder, words, product) => {
  const recordings = used.map(({ language, name, from, file, samples }) => ({
    language,
    name,
    from,
    file,
    seconds: secondsOf(samples),
    ...(name === 'organisation' ? {} : { words: spokenWordsFor(language).voice[name] }),
  }));
  const rows = recordings.map(one => [
    one.language,
    one.name,
    one.seconds.toFixed(1),
    one.from === 'genkan' ? product : words.own,
    one.words ?? '',
  ]);
  const headings = [words.language, words.name, words.seconds, words.from, words.words];
  return { data: recordings, text: tableOf(headings, rows), status: 0 };
});

const check = aboutRecordings('prompts check', ({ used, unusable }, folder, words) => {
  const own = used.filter(({ from }) => from === 'organisation');
  const problems = unusable.map(({ file, problem }) => ({ file, ...problem }));
  const data = { folder, used: own.map(({ file }) => file), unusable: problems };
  if (unusable.length === 0) {
    const text = own.length === 0 ? words.none({ folder }) : words.fine({ folder, count: own.length });
    return { data, text, status: 0 };
  }
  const lines = unusable.map(({ file, problem }) => `${file} ${sentenceFor(problem, words)}`);
  const text = [...lines, words.unusable({ count: unusable.length })].join('\n');
  return { data, text, next: words.howTo, status: 1 };
});

function sentenceFor(problem: RecordingProblem, words: Sentences): string {
  switch (problem.is) {
    case 'rate':
    case 'channels':
    case 'bits':
      return words[problem.is](problem);
    case 'too-large':
      return words['too-large']({ kilobytes: Math.ceil(problem.octets / 1024) });
    case 'too-long':
      return words['too-long']({ seconds: problem.seconds.toFixed(1) });
    case 'unknown-name':
      return words['unknown-name'](problem);
    default:
      return words[problem.is];
  }
}

/** What calls say. */
export const promptPrograms: readonly Program[] = [list, check];
