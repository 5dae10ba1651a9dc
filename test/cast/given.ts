import type { NewApplication, Rules, Saved } from '../../src/directory/index.ts';
import type { Foundation } from '../../src/foundation.ts';
import type { PhoneNumber } from '../../src/gateways/index.ts';
import type { ApplicationId, GroupId, PolicyId, UserId } from '../../src/kit/ids.ts';
import { newId } from '../../src/kit/ids.ts';
import { openHashing } from '../../src/methods/password/index.ts';
import { addPhone, type PhoneKind, type PhoneWay } from '../../src/methods/phone/index.ts';
import { campusSkip, multiFactorEverywhere, type PolicyState } from '../../src/policies/index.ts';

export const password = 'sakura saku michi';

const office = { is: 'office', name: 'test' } as const;

/** What is so before a story begins. */
export interface Given {
  user(
    name: string,
    has?: {
      phone?: string;
      way?: PhoneWay;
      kind?: PhoneKind;
      mail?: string | null;
      language?: string;
      groups?: GroupId[];
      mustChange?: boolean;
      mustRegister?: boolean;
      password?: string;
    },
  ): Promise<{ id: UserId; loginName: string }>;
  /** 学内: the campus network, trusted; and MFA everywhere else (or as the state says) */
  campusSkip(state?: PolicyState): Promise<PolicyId>;
  multiFactorEverywhere(state?: PolicyState): Promise<PolicyId>;
  application(
    id: string,
    settings?: Partial<NewApplication['settings']>,
  ): Promise<{ id: ApplicationId; secret: string | undefined }>;
  setting<Key extends keyof Rules & string>(key: Key, value: unknown): Promise<void>;
}

export function openGiven(foundation: Pick<Foundation, 'directory' | 'storage' | 'clock'>): Given {
  const { directory, storage, clock } = foundation;
  const hashing = openHashing({ initialKey: storage.sealer.key('initial passwords') });
  const encoded = new Map<string, Promise<string>>();
  /** One hash for all who share a password: the stories are about other things. */
  const hashOf = (text: string): Promise<string> => {
    const made = encoded.get(text) ?? hashing.hashPassword(text);
    encoded.set(text, made);
    return made;
  };

  return {
    async user(name, has = {}) {
      const loginName = `${name.toLowerCase()}@keyaki.example`;
      const created = await directory.users.create(
        {
          loginName,
          displayName: name,
          mail: has.mail === null ? undefined : (has.mail ?? loginName),
          language: has.language,
          groups: has.groups ?? [],
          mustRegister: has.mustRegister ?? false,
          password: {
            encoded: await hashOf(has.password ?? password),
            mustChange: has.mustChange ?? false,
            changedAt: clock.now(),
          },
        },
        office,
      );
      if (!created.created) throw new Error(JSON.stringify(created.problems));
      const { id } = created.user;
      const { phone } = has;
      if (phone)
        await storage.tx(tx =>
          addPhone(tx, storage.sealer, {
            user: id,
            kind: has.kind ?? 'mobile',
            number: phone as PhoneNumber,
            way: has.way ?? 'text',
            createdAt: clock.now(),
          }),
        );
      return { id, loginName };
    },
    async campusSkip(state = 'enabled') {
      const location = {
        id: newId<'named-location'>(),
        displayName: '学内',
        isTrusted: true,
        ipRanges: ['192.0.2.0/24', '2001:db8:1::/48'],
      };
      await must(directory.access.locations.create(location, office));
      const id = newId<'policy'>() as PolicyId;
      const policy = campusSkip({ id, displayName: '学外では多要素認証', state });
      return (await must(directory.access.policies.create(policy, office))).id;
    },
    async multiFactorEverywhere(state = 'enabled') {
      const id = newId<'policy'>() as PolicyId;
      const policy = multiFactorEverywhere({ id, displayName: '常に多要素認証', state });
      return (await must(directory.access.policies.create(policy, office))).id;
    },
    async application(id, settings = {}) {
      const saved = await directory.applications.create(
        {
          id: id as ApplicationId,
          displayName: id,
          settings: { kind: 'oidc', redirectUris: [`http://localhost:9/${id}/callback`], ...settings },
        } as NewApplication,
        office,
      );
      if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
      return { id: saved.application.id, secret: saved.secret };
    },
    async setting(key, value) {
      const saved = await directory.settings.set(
        key as Parameters<typeof directory.settings.set>[0],
        value,
        office,
      );
      if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
    },
  };
}

async function must<Kept>(saving: Promise<Saved<Kept>>): Promise<Kept> {
  const saved = await saving;
  if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
  return saved.kept;
}
