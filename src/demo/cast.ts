import type { NewApplication } from '../directory/index.ts';
import type { Foundation } from '../foundation.ts';
import type { PhoneNumber } from '../gateways/index.ts';
import { newId } from '../kit/ids.ts';
import { openHashing } from '../methods/password/index.ts';
import { addPhone, type PhoneWay } from '../methods/phone/index.ts';
import { campusSkip } from '../policies/index.ts';

/** A made-up person of a made-up university. */
interface Person {
  readonly loginName: string;
  readonly displayName: string;
  readonly language: 'ja' | 'en';
  readonly group: 'student' | 'staff';
  readonly phone?: { readonly number: string; readonly way: PhoneWay };
  readonly role?: 'global-administrator' | 'helpdesk-administrator';
  /** what one sees by being them */
  readonly story: 'new' | 'text' | 'call' | 'english' | 'office';
}

/** Everybody's, in the demo only: it is printed when the demo starts, and the demo answers this machine alone. */
export const password = 'sakura saku michi';

export const people: readonly Person[] = [
  {
    loginName: 'taro@keyaki.example',
    displayName: '山田 太郎',
    language: 'ja',
    group: 'student',
    story: 'new',
  },
  {
    loginName: 'hanako@keyaki.example',
    displayName: '佐藤 花子',
    language: 'ja',
    group: 'student',
    phone: { number: '+819012345678', way: 'text' },
    story: 'text',
  },
  {
    loginName: 'ichiro@keyaki.example',
    displayName: '鈴木 一郎',
    language: 'ja',
    group: 'staff',
    phone: { number: '+81312345678', way: 'call' },
    story: 'call',
  },
  {
    loginName: 'emma@keyaki.example',
    displayName: 'Emma Brown',
    language: 'en',
    group: 'staff',
    phone: { number: '+818023456789', way: 'text' },
    story: 'english',
  },
  {
    loginName: 'office@keyaki.example',
    displayName: '事務 局子',
    language: 'ja',
    group: 'staff',
    role: 'helpdesk-administrator',
    story: 'office',
  },
];

const demo = { is: 'office', name: 'demo' } as const;

/** The people, the campus and the sample application, made once. Returns the secret of a new sample application. */
export async function seed(
  { directory, storage, clock }: Pick<Foundation, 'directory' | 'storage' | 'clock'>,
  sample: { id: string; url: string },
): Promise<{ sampleSecret: string | undefined }> {
  if (!(await directory.settings.said()).includes('organisation')) {
    await directory.settings.set(
      'organisation',
      {
        name: { ja: 'けやき大学', en: 'Keyaki University' },
        help: {
          ja: '情報センター窓口（平日9:00～17:00、内線1234）',
          en: 'IT Service Desk, weekdays 9:00–17:00, extension 1234',
        },
      },
      demo,
    );
    await directory.settings.set('passwords', { minimum: 8 }, demo);
    await directory.settings.set('phone', { callsFrom: '03-0000-4000' }, demo);
    await directory.settings.set('securityInfo', { onTrustedNetwork: 'password' }, demo);
    await seedPolicies(directory);
  }
  await seedPeople({ directory, storage, clock });
  return { sampleSecret: await seedSample(directory, sample) };
}

async function seedPolicies(directory: Foundation['directory']): Promise<void> {
  await directory.access.locations.create(
    { id: newId(), displayName: '学内', isTrusted: true, ipRanges: ['192.0.2.0/24'] },
    demo,
  );
  await directory.access.policies.create(
    campusSkip({ id: newId(), displayName: '学外では多要素認証', state: 'enabled' }),
    demo,
  );
}

async function seedPeople({
  directory,
  storage,
  clock,
}: Pick<Foundation, 'directory' | 'storage' | 'clock'>) {
  const missing = [];
  for (const person of people)
    if (!(await directory.users.byLoginName(person.loginName))) missing.push(person);
  if (missing.length === 0) return;
  const groups = new Map<string, Awaited<ReturnType<typeof groupNamed>>>();
  for (const { group } of missing) groups.set(group, await groupNamed(directory, group));
  const hashing = openHashing({ initialKey: storage.sealer.key('initial passwords') });
  const encoded = await hashing.hashPassword(password);
  for (const person of missing) {
    const group = groups.get(person.group);
    const created = await directory.users.create(
      {
        loginName: person.loginName,
        displayName: person.displayName,
        mail: person.loginName,
        language: person.language,
        groups: group ? [group] : [],
        password: { encoded, mustChange: false, changedAt: clock.now() },
      },
      demo,
    );
    if (!created.created) throw new Error(`the demo's cast: ${JSON.stringify(created.problems)}`);
    const { id } = created.user;
    const { phone, role } = person;
    if (phone) {
      const { number, way } = phone;
      await storage.tx(tx =>
        addPhone(tx, storage.sealer, {
          user: id,
          kind: 'mobile',
          number: number as PhoneNumber,
          way,
          createdAt: clock.now(),
        }),
      );
    }
    if (role) await directory.roles.add(role, id, demo);
  }
}

async function groupNamed(directory: Foundation['directory'], name: string) {
  const created = await directory.groups.create({ displayName: name }, demo);
  if (created.created) return created.group.id;
  return (await directory.groups.list()).find(group => group.displayName === name)?.id;
}

/** Registered anew at every start: its port may have changed, and nobody keeps its secret. */
async function seedSample(
  directory: Foundation['directory'],
  { id, url }: { id: string; url: string },
): Promise<string | undefined> {
  const settings: NewApplication['settings'] = {
    kind: 'oidc',
    redirectUris: [`${url}/callback`],
    postLogoutRedirectUris: [`${url}/`],
    backchannelLogoutUri: `${url}/backchannel-logout`,
    startAddress: `${url}/`,
  };
  const displayName = 'サンプル授業支援 / Sample Courses';
  const saved =
    (await directory.applications.update(id, { settings }, demo)) ??
    (await directory.applications.create({ id, displayName, settings } as NewApplication, demo));
  if (!saved.saved) throw new Error(`the demo's sample application: ${JSON.stringify(saved.problems)}`);
  return saved.secret ?? directory.applications.rotateSecret(id, demo);
}
