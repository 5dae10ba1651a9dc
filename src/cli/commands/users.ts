import { byteOrderMark, csvLine, temporaryPasswordLives, type User } from '../../directory/index.ts';
import { type Pause, pauseOf } from '../../gateways/index.ts';
import { type Command, type CommandContext, command } from '../command.ts';
import { createPrivateFile } from '../files.ts';
import { confirmed, findGroup, findUser, refused, somethingGiven } from '../finding.ts';
import { listOf, tableOr } from '../table-text.ts';
import { shownTime } from '../time.ts';

const pageOfAll = 1_000;

const shownUser = ({ words }: CommandContext, user: User): readonly string[] => [
  user.loginName,
  user.displayName,
  user.mail ?? '',
  user.language ?? '',
  user.enabled ? words.outcome.yes : words.outcome.no,
];

const list = command({
  path: 'users list',
  options: {
    search: { kind: 'text' },
    group: { kind: 'text', value: 'group' },
    disabled: { kind: 'flag' },
    limit: { kind: 'number', value: 'n' },
    after: { kind: 'text', value: 'name' },
  },
  async run(context, { search, group, disabled, limit, after }) {
    const { directory, words } = context;
    const page = await directory.users.list({
      search,
      limit: Math.min(limit ?? 100, 10_000),
      after,
      group: group === undefined ? undefined : (await findGroup(context, group)).id,
      enabled: disabled ? false : undefined,
    });
    const headings = [
      words.headings.loginName,
      words.headings.displayName,
      words.headings.mail,
      words.headings.languageOfPerson,
      words.headings.enabled,
    ];
    return {
      data: page,
      text: tableOr(
        words.outcome.nothing,
        headings,
        page.users.map(user => shownUser(context, user)),
      ),
      ...(page.next === undefined ? {} : { next: words.outcome.page({ next: page.next }) }),
    };
  },
});

const shownPause = (context: CommandContext, { since, until }: Pause): string =>
  context.words.users.pausedUntil({
    since: shownTime(context, since),
    until: until === 'until-lifted' ? undefined : shownTime(context, until),
  });

const show = command({
  path: 'users show',
  arguments: ['<user>'],
  async run(context, _, name = '') {
    const { directory, storage, clock, words } = context;
    const user = await findUser(context, name);
    const [person, groups, methods, paused] = await Promise.all([
      directory.users.forSignIn({ id: user.id }),
      directory.groups.list(),
      directory.reports.methodsOf(user.id),
      pauseOf(storage.db, user.id, clock.now()),
    ]);
    const inGroups = groups
      .filter(group => person?.groups.includes(group.id))
      .map(group => group.displayName);
    const { password } = person ?? {};
    const data = {
      ...user,
      groups: inGroups,
      roles: person?.roles ?? [],
      methods,
      paused,
      password: password && {
        mustChange: password.mustChange,
        expiresAt: password.expiresAt,
        changedAt: password.changedAt,
      },
    };
    const text = listOf([
      [words.headings.id, user.id],
      [words.headings.loginName, user.loginName],
      [words.headings.displayName, user.displayName],
      [words.headings.mail, user.mail],
      [words.headings.languageOfPerson, user.language],
      [words.headings.enabled, user.enabled ? words.outcome.yes : words.outcome.no],
      [words.headings.groups, inGroups.join('; ') || words.outcome.none],
      [words.headings.roles, data.roles.join(', ') || words.outcome.none],
      [
        words.headings.methods,
        methods.map(({ method, n }) => `${method} (${n})`).join(', ') || words.outcome.none,
      ],
      [words.headings.mustRegister, user.mustRegister ? words.outcome.yes : undefined],
      [words.headings.mustChangePassword, password?.mustChange ? words.outcome.yes : undefined],
      [
        words.headings.passwordExpires,
        password?.expiresAt === undefined ? undefined : shownTime(context, password.expiresAt),
      ],
      [words.headings.pausedUntil, paused && shownPause(context, paused)],
      [words.headings.createdAt, shownTime(context, user.createdAt)],
    ]);
    return { data, text };
  },
});

const create = command({
  path: 'users create',
  arguments: ['<login-name>'],
  options: {
    name: { kind: 'text', value: 'name', required: true },
    mail: { kind: 'text', value: 'address' },
    language: { kind: 'text', value: 'ja|en|zh|ko|vi' },
    group: { kind: 'list', value: 'group' },
    'no-password': { kind: 'flag' },
  },
  async run(context, options, loginName = '') {
    const { directory, hashing, clock, actor, words } = context;
    const groups = await Promise.all(options.group.map(async name => (await findGroup(context, name)).id));
    const now = clock.now();
    const temporary = options['no-password']
      ? undefined
      : {
          ...hashing.newInitial(),
          mustChange: true,
          changedAt: now,
          expiresAt: now + temporaryPasswordLives,
        };
    const { mail, language } = options;
    const made = await directory.users.create(
      {
        loginName,
        displayName: options.name,
        mail,
        language,
        groups,
        ...(temporary ? { password: temporary } : {}),
      },
      actor,
    );
    if (!made.created) throw refused(context, words.outcome.notCreated({ name: loginName }), made.problems);
    const sentences = [words.outcome.created({ name: made.user.loginName })];
    if (temporary)
      sentences.push(
        words.users.temporaryPassword({
          password: temporary.password,
          until: shownTime(context, temporary.expiresAt),
        }),
      );
    return {
      data: {
        user: made.user,
        ...(temporary ? { temporaryPassword: temporary.password, expiresAt: temporary.expiresAt } : {}),
      },
      text: sentences.join('\n'),
    };
  },
});

const update = command({
  path: 'users update',
  arguments: ['<user>'],
  options: {
    login: { kind: 'text', value: 'name' },
    name: { kind: 'text', value: 'name' },
    mail: { kind: 'text', value: 'address' },
    language: { kind: 'text', value: 'ja|en|zh|ko|vi' },
  },
  async run(context, { login, name: displayName, mail, language }, name = '') {
    const { directory, actor, words } = context;
    const user = await findUser(context, name);
    somethingGiven(context, 'users update', { login, displayName, mail, language });
    const change = { loginName: login, displayName, mail, language };
    const made = await directory.users.update(user.id, change, actor);
    if (made?.updated) return { data: made.user, text: words.outcome.changed({ name: made.user.loginName }) };
    throw refused(context, words.outcome.notChanged({ name }), made?.problems ?? []);
  },
});

const remove = command({
  path: 'users delete',
  arguments: ['<user>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, name = '') {
    const user = await findUser(context, name);
    confirmed(context, yes, user.loginName);
    await context.directory.users.delete(user.id, context.actor);
    return { data: { deleted: user }, text: context.words.outcome.deleted({ name: user.loginName }) };
  },
});

const exported = command({
  path: 'users export',
  options: { output: { kind: 'text', value: 'file' }, group: { kind: 'text', value: 'group' } },
  async run(context, { output, group: groupName }) {
    const { directory, words, stdout } = context;
    const group = groupName === undefined ? undefined : (await findGroup(context, groupName)).id;
    const file = output === undefined ? undefined : createPrivateFile(context, output);
    const write = file?.write ?? stdout.write;
    let n = 0;
    write(byteOrderMark + csvLine(['loginName', 'displayName', 'mail', 'language', 'groups', 'enabled']));
    for await (const { user, groups } of directory.reports.allUsers({ group, portion: pageOfAll })) {
      const { loginName, displayName, mail, language, enabled } = user;
      write(csvLine([loginName, displayName, mail, language, groups.join(';'), enabled]));
      n += 1;
    }
    file?.keep();
    return {
      data: { users: n, output },
      ...(output === undefined ? {} : { text: words.files.written({ file: output }) }),
    };
  },
});

export const userCommands: readonly Command[] = [list, show, create, update, remove, exported];
