import type { Application, NewApplication } from '../../directory/index.ts';
import {
  type Command,
  type CommandContext,
  CommandFailed,
  command,
  type OptionSpecs,
  type Values,
} from '../command.ts';
import { readJson } from '../files.ts';
import { confirmed, findApplication, oneOf, refused, somethingGiven } from '../finding.ts';
import { listOf, tableOr } from '../table-text.ts';
import { shownTime } from '../time.ts';

const settingOptions = {
  redirect: { kind: 'list', value: 'address' },
  'post-logout': { kind: 'list', value: 'address' },
  'backchannel-logout': { kind: 'text', value: 'address' },
  start: { kind: 'text', value: 'address' },
  public: { kind: 'flag' },
  native: { kind: 'flag' },
  'require-par': { kind: 'flag' },
  settings: { kind: 'text', value: 'file' },
} as const satisfies OptionSpecs;

/** Settings as they were, then as the file has them, then as the options say. */
function settingsFrom(
  context: CommandContext,
  before: object,
  options: Values<typeof settingOptions>,
): NewApplication['settings'] {
  const file = options.settings === undefined ? {} : readJson(context, options.settings);
  const said = {
    redirectUris: options.redirect.length > 0 ? options.redirect : undefined,
    postLogoutRedirectUris: options['post-logout'].length > 0 ? options['post-logout'] : undefined,
    backchannelLogoutUri: options['backchannel-logout'],
    startAddress: options.start,
    tokenEndpointAuthMethod: options.public ? 'none' : undefined,
    native: options.native || undefined,
    requirePar: options['require-par'] || undefined,
  };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  // The directory checks the whole before it keeps any of it.
  return {
    kind: 'oidc',
    ...before,
    ...(file as object),
    ...Object.fromEntries(given),
  } as NewApplication['settings'];
}

const list = command({
  path: 'applications list',
  async run({ directory, words }) {
    const applications = await directory.applications.list();
    const rows = applications.map(({ id, displayName, settings, enabled }) => [
      id,
      displayName,
      settings.kind,
      enabled ? words.outcome.yes : words.outcome.no,
    ]);
    return {
      data: applications,
      text: tableOr(
        words.outcome.nothing,
        [words.headings.id, words.headings.displayName, words.headings.kind, words.headings.enabled],
        rows,
      ),
    };
  },
});

const shown = ({ words, timeZone }: CommandContext, application: Application): string =>
  listOf([
    [words.headings.id, application.id],
    [words.headings.displayName, application.displayName],
    [words.headings.enabled, application.enabled ? words.outcome.yes : words.outcome.no],
    [words.headings.secret, application.hasSecret ? words.outcome.yes : words.outcome.no],
    [words.headings.createdAt, shownTime({ timeZone }, application.createdAt)],
    ...Object.entries(application.settings).map(
      ([name, value]) => [name, Array.isArray(value) ? value.join(' ') : String(value)] as const,
    ),
  ]);

const show = command({
  path: 'applications show',
  arguments: ['<id>'],
  async run(context, _, id = '') {
    const application = await findApplication(context, id);
    return { data: application, text: shown(context, application) };
  },
});

const create = command({
  path: 'applications create',
  arguments: ['<id>'],
  options: { name: { kind: 'text', value: 'name', required: true }, ...settingOptions },
  async run(context, options, id = '') {
    const { directory, actor, url, words } = context;
    const settings = settingsFrom(context, { redirectUris: [] }, options);
    const made = await directory.applications.create({ id, displayName: options.name, settings }, actor);
    if (!made.saved) throw refused(context, words.outcome.notCreated({ name: id }), made.problems);
    const issuer = `${url}/oidc`;
    const sentences = [
      words.outcome.created({ name: id }),
      words.applications.issuer({ issuer }),
      ...(made.secret === undefined ? [] : [words.applications.secretOnce({ secret: made.secret })]),
    ];
    return {
      data: { application: made.application, issuer, clientSecret: made.secret },
      text: sentences.join('\n'),
    };
  },
});

const update = command({
  path: 'applications update',
  arguments: ['<id>'],
  options: {
    name: { kind: 'text', value: 'name' },
    enabled: { kind: 'text', value: 'yes|no' },
    ...settingOptions,
  },
  async run(context, options, id = '') {
    const { directory, actor, words } = context;
    const before = await findApplication(context, id);
    somethingGiven(context, 'applications update', options);
    const enabled =
      options.enabled === undefined
        ? undefined
        : oneOf(context, '--enabled', options.enabled, ['yes', 'no']) === 'yes';
    const settings = settingsFrom(context, before.settings, options);
    const made = await directory.applications.update(
      id,
      { displayName: options.name, settings, enabled },
      actor,
    );
    if (!made?.saved) throw refused(context, words.outcome.notChanged({ name: id }), made?.problems ?? []);
    const sentences = [
      words.outcome.changed({ name: id }),
      ...(made.secret === undefined ? [] : [words.applications.secretOnce({ secret: made.secret })]),
    ];
    return { data: { application: made.application, clientSecret: made.secret }, text: sentences.join('\n') };
  },
});

const remove = command({
  path: 'applications delete',
  arguments: ['<id>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, id = '') {
    const application = await findApplication(context, id);
    confirmed(context, yes, application.displayName);
    const { directory, actor, words } = context;
    const outcome = await directory.applications.delete(id, actor);
    if (outcome === 'in-use')
      throw new CommandFailed(words.applications.inUse({ name: application.displayName }), {
        next: words.policies.takeOutNext,
      });
    return {
      data: { deleted: application },
      text: words.outcome.deleted({ name: application.displayName }),
    };
  },
});

const rotateSecret = command({
  path: 'applications rotate-secret',
  arguments: ['<id>'],
  async run(context, _, id = '') {
    const { directory, actor, words } = context;
    await findApplication(context, id);
    const secret = await directory.applications.rotateSecret(id, actor);
    if (secret === undefined) throw refused(context, words.applications.noSecret({ name: id }), []);
    return {
      data: { application: id, clientSecret: secret },
      text: words.applications.secretOnce({ secret }),
    };
  },
});

export const applicationCommands: readonly Command[] = [list, show, create, update, remove, rotateSecret];
