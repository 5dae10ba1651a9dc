import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testFiles } from './stages.mjs';

/**
 * The folders of `test/` in the order of their run, what each needs of the machine, and which of their files last so
 * long that they should begin first. One file for each processor of a small machine runs at once, and one more where
 * most of the time is waiting for a telephone.
 */
const known = [
  {
    folder: 'gallery',
    needs: ['browser', 'windowless', 'fonts'],
    long: ['proofs-en', 'gallery', 'proofs-ja', 'approval-ja', 'approval-en'],
  },
  { folder: 'lighthouse', needs: ['browser', 'fonts', 'lighthouse'] },
  {
    folder: 'journeys',
    needs: ['browser', 'windowless', 'fonts'],
    long: [
      ...['every-page-en', 'every-page-ja', 'authenticator-answers', 'authenticator-set-up'],
      ...['authenticator-device', 'bad-luck', 'passkey', 'first-registration', 'own-account'],
    ],
  },
  { folder: 'attacks', needs: ['browser', 'windowless'] },
  { folder: 'faults', needs: [], long: ['killing'] },
  {
    folder: 'peers',
    needs: [
      ...['browser', 'windowless', 'fonts', 'firefox', 'oathtool', 'apache', 'messengers', 'twilio', 'smsc'],
      'telephony',
    ],
    long: [
      'voice/sipp',
      'manuals/manuals',
      'voice/kamailio',
      'voice/faults',
      'firefox-push',
      'voice/baresip',
    ],
    atOnce: 3,
  },
];

/**
 * The stages of a run: the tests beside the code, then those of `test/` against the built product. `parts` keeps only
 * files with one of them in the path; stages without files are left out.
 */
export function stagesOf(root, { quick, parts }) {
  const beside = ['src', 'web', 'sample', 'bench', 'setup'].flatMap(folder => testFiles(root, folder));
  const names = existsSync(join(root, 'test'))
    ? readdirSync(join(root, 'test'), { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];
  const others = names.filter(name => !known.some(one => one.folder === name)).sort();
  const inTest = [...known, ...others.map(folder => ({ folder, needs: [] }))];
  const direct = testFiles(root, 'test').filter(path => path.split('/').length === 2);

  return [
    {
      name: 'unit and integration',
      files: [...beside, ...direct],
      needs: ['postgresql'],
      built: false,
      atOnce: 2,
    },
    ...(quick ? [] : inTest).map(({ folder, needs, long = [], atOnce = 2 }) => ({
      name: folder,
      files: longFirst(testFiles(root, `test/${folder}`), long),
      needs: ['postgresql', ...needs],
      built: true,
      atOnce,
    })),
  ]
    .map(stage => ({
      ...stage,
      files: stage.files.filter(file => parts.length === 0 || parts.some(part => file.includes(part))),
    }))
    .filter(stage => stage.files.length > 0);
}

function longFirst(files, long) {
  const rank = file => {
    const place = long.findIndex(name => file.endsWith(`/${name}.test.ts`));
    return place === -1 ? long.length : place;
  };
  return files.toSorted((one, other) => rank(one) - rank(other));
}
