import { byteOrderMark, csvLine } from '../../directory/index.ts';
import { type Command, command } from '../command.ts';
import { findGroup } from '../finding.ts';
import { tableOf } from '../table-text.ts';

const report = command({
  path: 'registration report',
  options: { group: { kind: 'text', value: 'group' }, csv: { kind: 'flag' } },
  async run(context, { group: name, csv }) {
    const { directory, words, stdout } = context;
    const group = name === undefined ? undefined : (await findGroup(context, name)).id;
    const found = await directory.reports.registration({ group });
    if (csv) {
      stdout.write(byteOrderMark + csvLine(['loginName', 'displayName', 'mail', 'groups']));
      for (const person of found.missing)
        stdout.write(csvLine([person.loginName, person.displayName, person.mail, person.groups.join(';')]));
      return { data: undefined };
    }
    const count = (label: string, total: number, registered: number): readonly string[] => [
      label,
      String(total),
      String(registered),
      String(total - registered),
    ];
    const counts = [
      ...found.groups.map(one => count(one.group, one.total, one.registered)),
      count(words.headings.everybody, found.total, found.registered),
    ];
    const people = found.missing.map(({ loginName, displayName, groups }) => [
      loginName,
      displayName,
      groups.join('; '),
    ]);
    return {
      data: found,
      text: [
        words.users.unregistered({ n: found.total - found.registered, total: found.total }),
        '',
        tableOf(
          [
            words.headings.groups,
            words.headings.members,
            words.headings.registered,
            words.headings.unregistered,
          ],
          counts,
        ),
        ...(people.length > 0
          ? [
              '',
              tableOf([words.headings.loginName, words.headings.displayName, words.headings.groups], people),
            ]
          : []),
      ].join('\n'),
    };
  },
});

export const registrationCommands: readonly Command[] = [report];
