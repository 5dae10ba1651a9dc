import { basename } from 'node:path';
import { byteOrderMark, csvLine } from '../../directory/index.ts';
import { referenceOf } from '../../kit/reference.ts';
import { phoneRulesOf } from '../../methods/index.ts';
import {
  carryOutEntra,
  type Entry,
  type ImportTrouble,
  planEntra,
  readExport,
  readinessOf,
  type Todo,
} from '../../protocols/external-mfa/index.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { createPrivateFile, readInput } from '../files.ts';
import { showProgress } from '../progress.ts';
import { tableOf } from '../table-text.ts';
import { tenantFor } from './entra.ts';

/** More problems than anybody reads on a screen; `--json` has them all. */
const mostShown = 200;

/** Of a list that programs read too. */
const headings = ['loginName', 'displayName', 'here', 'notUsedYet', 'atMicrosoft', 'toDo'];

function readAll(context: CommandContext, files: readonly string[]): readonly Entry[] {
  const t = wordsFor(context.language).entra;
  return files.flatMap(file => {
    const read = readExport(basename(file), readInput(context, file));
    if (read.ok) return read.entries;
    throw new CommandFailed(t.fileProblem({ file, what: t.readProblem[read.problem] }));
  });
}

function troubleLines({ words, language }: CommandContext, troubles: readonly ImportTrouble[]): string[] {
  const { entra: t, phone } = wordsFor(language);
  const shown = troubles
    .slice(0, mostShown)
    .map(({ file, line, problem, value }) => `  ${t.trouble({ file, line, value, what: said(problem) })}`);
  if (troubles.length > mostShown)
    shown.push(`  ${words.imports.moreProblems({ n: troubles.length - mostShown })}`);
  return troubles.length === 0 ? [] : [t.passedOver({ n: troubles.length }), ...shown];

  function said(problem: ImportTrouble['problem']): string {
    const sentences: Readonly<Record<string, string>> = {
      ...words.fields.problems,
      ...phone.problems,
      ...t.troubles,
    };
    return sentences[problem] ?? problem;
  }
}

const importing = command({
  path: 'import entra',
  arguments: ['<files...>'],
  options: {
    tenant: { kind: 'text', value: 'guid' },
    'dry-run': { kind: 'flag' },
    'phones-again': { kind: 'flag' },
  },
  async run(context, options, ...files) {
    const { storage, audit, clock, directory, actor, language, stderr } = context;
    const t = wordsFor(language).entra;
    const tenant = await tenantFor(context, options.tenant);
    const rules = phoneRulesOf(await directory.settings.rules());
    const plan = planEntra(readAll(context, files), rules);
    const counts = {
      people: plan.people.length,
      phones: plan.phones,
      registrations: plan.registrations.length,
      troubles: plan.troubles.length,
    };
    const lines = troubleLines(context, plan.troubles);
    if (options['dry-run'])
      return {
        data: { ...counts, troubles: plan.troubles },
        text: [t.would(counts), ...lines].join('\n'),
        next: t.wouldNext,
      };
    const progress = showProgress(stderr, t.importing);
    const done = await carryOutEntra({ storage, audit, clock }, plan, {
      tenant,
      actor,
      phonesAgain: options['phones-again'],
      onProgress: progress.at,
    }).finally(progress.end);
    const { bystanders } = done;
    const others =
      bystanders.length > 0
        ? [t.bystanders({ n: bystanders.length, names: bystanders.slice(0, 20).join(', ') })]
        : [];
    return {
      data: { ...done, troubles: plan.troubles },
      text: [t.done({ ...done, number: referenceOf(done.correlation) }), ...others, ...lines].join('\n'),
      next: t.doneNext,
    };
  },
});

const readiness = command({
  path: 'export entra-readiness',
  options: { tenant: { kind: 'text', value: 'guid' }, output: { kind: 'text', value: 'file' } },
  async run(context, options) {
    const { storage, words, language } = context;
    const t: Words['entra'] = wordsFor(language).entra;
    const tenant = await tenantFor(context, options.tenant);
    const people = await readinessOf(storage.db, tenant.id);
    const todos = Object.keys(t.todo) as Todo[];
    const counts = todos.map(todo => [t.todo[todo], String(people.filter(one => one.todo === todo).length)]);
    const summary = tableOf(['', t.people], counts);
    const cells = people.map(one => [
      one.loginName,
      one.displayName,
      one.here,
      one.unused,
      one.atMicrosoft.join(' '),
      t.todo[one.todo],
    ]);
    if (options.output === undefined) {
      const rows = cells.map(row => row.map(String));
      return {
        data: people,
        text: [summary, '', tableOf(headings, rows)].join('\n'),
      };
    }
    const file = createPrivateFile(context, options.output);
    file.write(byteOrderMark + csvLine(headings) + cells.map(csvLine).join(''));
    file.keep();
    return {
      data: { people: people.length, file: options.output },
      text: [summary, words.files.written({ file: options.output })].join('\n'),
    };
  },
});

export const entraImportCommands: readonly Command[] = [importing, readiness];
