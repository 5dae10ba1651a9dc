import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testFiles } from './stages.mjs';

/** The folders of `test/` in the order of their run, and what each needs of the machine. */
const known = [
  { folder: 'gallery', needs: ['browser', 'fonts'] },
  { folder: 'lighthouse', needs: ['browser', 'fonts', 'lighthouse'] },
  { folder: 'journeys', needs: ['browser', 'fonts'] },
  { folder: 'attacks', needs: ['browser'] },
  { folder: 'faults', needs: [] },
  {
    folder: 'peers',
    needs: ['browser', 'fonts', 'firefox', 'oathtool', 'apache', 'messengers', 'twilio', 'smsc', 'telephony'],
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
    { name: 'unit and integration', files: [...beside, ...direct], needs: ['postgresql'], built: false },
    ...(quick ? [] : inTest).map(({ folder, needs }) => ({
      name: folder,
      files: testFiles(root, `test/${folder}`),
      needs: ['postgresql', ...needs],
      built: true,
    })),
  ]
    .map(stage => ({
      ...stage,
      files: stage.files.filter(file => parts.length === 0 || parts.some(part => file.includes(part))),
    }))
    .filter(stage => stage.files.length > 0);
}
