import type { ApplicationId } from '../../kit/ids.ts';
import {
  type Check,
  type Cloud,
  checkFromOutside,
  clouds,
  findTenant,
  isAuthority,
  listEntraKeys,
  listTenants,
  metadata,
  removeTenant,
  rotateEntraKeys,
  saveTenant,
  type Tenant,
  unbind,
} from '../../protocols/external-mfa/index.ts';
import { stateOf } from '../../protocols/oidc/index.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { confirmed, findUser, oneOf } from '../finding.ts';
import { tableOf, tableOr } from '../table-text.ts';
import { shownTime } from '../time.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readGuid({ language }: CommandContext, option: string, value: string): string {
  const read = value.trim().toLowerCase();
  if (!guid.test(read)) throw new CommandFailed(wordsFor(language).entra.notAGuid({ option, value }));
  return read;
}

/** The one that is named, or the only one there is. */
export async function tenantFor(context: CommandContext, given: string | undefined): Promise<Tenant> {
  const t = wordsFor(context.language).entra;
  const { db } = context.storage;
  if (given !== undefined) {
    const tenant = await findTenant(db, readGuid(context, '--tenant', given));
    if (tenant) return tenant;
    throw new CommandFailed(t.noTenant({ value: given }), { next: t.noTenantNext });
  }
  const [only, ...others] = await listTenants(db);
  if (!only || others.length > 0) throw new CommandFailed(t.whichTenant, { next: t.noTenantNext });
  return only;
}

const setup = command({
  path: 'entra setup',
  options: {
    tenant: { kind: 'text', value: 'guid', required: true },
    app: { kind: 'text', value: 'guid', required: true },
    name: { kind: 'text', value: 'name' },
    application: { kind: 'text', value: 'id' },
    cloud: { kind: 'text', value: Object.keys(clouds).join('|') },
    'client-id': { kind: 'text', value: 'id' },
    audience: { kind: 'text', value: 'id' },
    authority: { kind: 'text', value: 'address' },
  },
  async run(context, options) {
    const { storage, audit, clock, actor, language, url } = context;
    const t = wordsFor(language).entra;
    const cloud = oneOf(context, '--cloud', options.cloud ?? 'global', Object.keys(clouds) as Cloud[]);
    const authority = options.authority ?? clouds[cloud];
    if (!isAuthority(authority)) throw new CommandFailed(t.badAuthority({ value: authority }));
    const id = readGuid(context, '--tenant', options.tenant);
    const appId = readGuid(context, '--app', options.app);
    const before = await findTenant(storage.db, id);
    // Called by its application id, Entra means the same by client id and audience, whichever its texts mean.
    const clientId = options['client-id'] ?? appId;
    const tenant: Tenant = {
      id,
      displayName: options.name ?? before?.displayName ?? 'Microsoft 365',
      enabled: true,
      createdAt: before?.createdAt ?? clock.now(),
      authority,
      appId,
      clientId,
      audience: options.audience ?? clientId,
      application: (options.application ?? before?.application ?? 'microsoft-365') as ApplicationId,
    };
    await storage.tx(async tx => {
      await saveTenant(tx, tenant);
      const kind = before ? 'application.changed' : 'application.created';
      const { application, ...settings } = tenant;
      await audit.record(tx, { kind, actor, application, detail: { settings: { ...settings } } });
    });
    const { issuer, authorization_endpoint: authorize } = metadata(`${url}/external-mfa`);
    const discovery = `${issuer}/.well-known/openid-configuration`;
    const request = {
      '@odata.type': '#microsoft.graph.externalAuthenticationMethodConfiguration',
      displayName: tenant.displayName === 'Microsoft 365' ? 'Genkan' : `Genkan (${tenant.displayName})`,
      state: 'enabled',
      appId,
      openIdConnectSetting: { clientId, discoveryUrl: discovery },
      includeTargets: [{ targetType: 'group', id: '<object id of the pilot group>' }],
    };
    const json = JSON.stringify(request, null, 2);
    const checks = await checkFromOutside(url, globalThis.fetch);
    return {
      data: { tenant, authorizationEndpoint: authorize, discoveryUrl: discovery, clientId, request, checks },
      text: [
        t.saved({ tenant: id, application: tenant.application }),
        '',
        ...stepsFor(t.steps, { authorize, discovery, clientId, appId, json }),
        '',
        ...seenFromOutside(t, checks),
      ].join('\n'),
      next: t.stepsNext,
    };
  },
});

const methodsUri = 'v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations';

const stepsFor = (
  t: Words['entra']['steps'],
  it: { authorize: string; discovery: string; clientId: string; appId: string; json: string },
): readonly string[] => [
  t.title,
  '',
  t.registration,
  `   - ${t.appId({ id: it.appId })}`,
  `   - ${t.redirect({ address: it.authorize })}`,
  `   - ${t.permissions}`,
  `   - ${t.scopes}`,
  t.method,
  `   - ${t.clientId({ id: it.clientId })}`,
  `   - ${t.discovery({ address: it.discovery })}`,
  `   - ${t.appId({ id: it.appId })}`,
  `   ${t.byGraph}`,
  '',
  `POST https://graph.microsoft.com/${methodsUri}`,
  'Content-Type: application/json',
  '',
  it.json,
  '',
  `   ${t.byPowerShell}`,
  '',
  'Connect-MgGraph -Scopes Policy.ReadWrite.AuthenticationMethod',
  `Invoke-MgGraphRequest -Method POST -Uri '${methodsUri}' -ContentType 'application/json' -Body @'`,
  it.json,
  "'@",
  '',
  t.pilot,
];

const shownChecks = (t: Words['entra'], checks: readonly Check[]): readonly string[] =>
  checks.map(({ name, holds, seen }) => `${holds ? '✓' : '✗'} ${t.checks[name]}${seen ? ` (${seen})` : ''}`);

/** What Microsoft will find, while whoever sets this up is still here; a server that is not started is no fault. */
function seenFromOutside(t: Words['entra'], checks: readonly Check[]): readonly string[] {
  const answers = checks.some(({ name, holds }) => name === 'discovery' && holds);
  if (!answers) return [t.notChecked];
  const wrong = checks.filter(({ holds }) => !holds);
  const verdict = wrong.length > 0 ? t.checkFailed({ n: wrong.length }) : t.checkFine;
  return [verdict, ...shownChecks(t, checks)];
}

const check = command({
  path: 'entra check',
  async run({ url, language }) {
    const t = wordsFor(language).entra;
    const checks = await checkFromOutside(url, globalThis.fetch);
    const lines = shownChecks(t, checks);
    const wrong = checks.filter(({ holds }) => !holds);
    if (wrong.length > 0)
      throw new CommandFailed([t.checkFailed({ n: wrong.length }), ...lines].join('\n'), {
        data: { checks },
        next: t.checkNext,
      });
    return { data: { checks }, text: [...lines, t.checkFine].join('\n') };
  },
});

const tenants = command({
  path: 'entra tenants',
  async run({ storage, words, language }) {
    const t = wordsFor(language).entra;
    const all = await listTenants(storage.db);
    const rows = all.map(({ id, displayName, application, appId, clientId, authority }) => [
      id,
      displayName,
      application,
      appId,
      clientId,
      authority,
    ]);
    return {
      data: all,
      text: tableOr(
        words.outcome.nothing,
        [t.tenant, words.headings.displayName, t.application, t.appId, t.clientId, t.cloud],
        rows,
      ),
    };
  },
});

const remove = command({
  path: 'entra remove',
  options: { tenant: { kind: 'text', value: 'guid', required: true }, yes: { kind: 'flag' } },
  async run(context, options) {
    const { storage, audit, actor, words } = context;
    const tenant = await tenantFor(context, options.tenant);
    confirmed(context, options.yes, tenant.displayName);
    await storage.tx(async tx => {
      await removeTenant(tx, tenant.id);
      await audit.record(tx, {
        kind: 'application.deleted',
        actor,
        application: tenant.application,
        detail: { tenant: tenant.id },
      });
    });
    return { data: { deleted: tenant }, text: words.outcome.deleted({ name: tenant.displayName }) };
  },
});

const unbinding = command({
  path: 'entra unbind',
  arguments: ['<user>'],
  options: { tenant: { kind: 'text', value: 'guid' } },
  async run(context, options, name = '') {
    const { storage, audit, actor, language } = context;
    const t = wordsFor(language).entra;
    const tenant = await tenantFor(context, options.tenant);
    const user = await findUser(context, name);
    const was = await storage.tx(async tx => {
      if (!(await unbind(tx, tenant.id, user.id))) return false;
      const detail = { changed: ['entra'], tenant: tenant.id };
      await audit.record(tx, { kind: 'user.changed', user: user.id, actor, detail });
      return true;
    });
    if (!was) throw new CommandFailed(t.notBound({ name: user.loginName }));
    return { data: { unbound: user.id, tenant: tenant.id }, text: t.unbound({ name: user.loginName }) };
  },
});

async function shownKeys(context: CommandContext) {
  const { storage, clock, words } = context;
  const keys = (await listEntraKeys(storage.db)).map(key => ({ ...key, state: stateOf(key, clock.now()) }));
  const rows = keys.map(key => [
    key.id,
    words.keys.states[key.state],
    shownTime(context, key.activeFrom),
    key.retiredAt === undefined ? '' : shownTime(context, key.retiredAt),
  ]);
  return {
    keys,
    table: tableOf(
      [words.headings.id, words.headings.state, words.headings.activeFrom, words.headings.retiredAt],
      rows,
    ),
  };
}

const keys = command({
  path: 'entra keys',
  async run(context) {
    const { keys, table } = await shownKeys(context);
    return { data: keys, text: table };
  },
});

const rotate = command({
  path: 'entra rotate-keys',
  options: { now: { kind: 'flag' } },
  async run(context, { now }) {
    const made = await rotateEntraKeys(context, { now }, context.actor);
    const { keys, table } = await shownKeys(context);
    const from = shownTime(context, Math.max(...made.map(key => key.activeFrom)));
    return { data: keys, text: `${context.words.keys.rotated({ from })}\n\n${table}` };
  },
});

export const entraCommands: readonly Command[] = [setup, check, tenants, remove, unbinding, keys, rotate];
