import { BlockList, isIPv6 } from 'node:net';
import { type OfferName, offer } from './testing.ts';

/**
 * The rules of decide.ts once more, written to be obviously right and not to be fast: over names instead of traits,
 * over all subsets instead of the smallest, over raw JSON instead of compiled policies. Shares no code with them.
 */

export interface Shown {
  readonly name: OfferName;
  readonly at: number;
}

export interface Case {
  readonly policies: readonly RawPolicy[];
  readonly locations: readonly { id: string; isTrusted: boolean; ipRanges: readonly string[] }[];
  readonly user: {
    readonly id: string;
    readonly groups: readonly string[];
    readonly roles: readonly string[];
  };
  /** undefined: registering security information */
  readonly application: string | undefined;
  readonly address: string | undefined;
  readonly clientType: string;
  readonly acr: readonly string[] | undefined;
  readonly maxAge: number | undefined;
  readonly since: number | undefined;
  readonly recoveryCodes: 'security-info' | 'applications' | undefined;
  readonly shown: readonly Shown[];
  readonly offers: readonly OfferName[];
  readonly registrable: readonly OfferName[];
  readonly now: number;
}

export interface RawPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly conditions: {
    readonly users: Record<string, readonly string[]>;
    readonly applications: Record<string, readonly string[]>;
    readonly clientAppTypes: readonly string[];
    readonly locations?: {
      readonly includeLocations: readonly string[];
      readonly excludeLocations: readonly string[];
    };
  };
  readonly grantControls: {
    readonly builtInControls?: readonly string[];
    readonly authenticationStrength?: { readonly id: string };
  } | null;
  readonly sessionControls: {
    readonly signInFrequency: {
      readonly isEnabled: boolean;
      readonly frequencyInterval: string;
      readonly type?: string;
      readonly value?: number;
      readonly authenticationType: string;
    };
  } | null;
}

export interface Answer {
  readonly outcome: string;
  readonly methods: readonly string[];
  readonly because: readonly string[];
  readonly reportOnly: readonly string[];
}

const letters: Record<OfferName, string> = {
  password: 'K',
  text: 'P',
  call: 'P',
  phone: 'P',
  totp: 'P',
  token: 'P',
  push: 'P',
  unlockedPush: 'PI',
  passkey: 'PI',
  touchedKey: 'P',
  recoveryCode: 'P',
  pass: 'K',
  reusablePass: 'K',
  appPassword: '',
};
const first = ['password', 'pass', 'reusablePass', 'unlockedPush', 'passkey', 'appPassword'];
const isOneOf = (names: readonly OfferName[], ...wanted: string[]) => names.some(n => wanted.includes(n));
const kinds = (names: readonly OfferName[]) => new Set(names.flatMap(n => [...letters[n]])).size;
const begun = (names: readonly OfferName[]) => isOneOf(names, ...first);

function strong(id: string, names: readonly OfferName[]): boolean {
  if (id.endsWith('c1')) {
    return isOneOf(names, 'password') && isOneOf(names, 'text', 'phone', 'totp');
  }
  if (id.endsWith('2')) return kinds(names) >= 2 || isOneOf(names, 'pass', 'reusablePass');
  return id.endsWith('3') ? isOneOf(names, 'unlockedPush', 'passkey') : isOneOf(names, 'passkey');
}

function level(names: readonly OfferName[]): number {
  const seen = names.filter(n => n !== 'appPassword');
  if (!begun(seen)) return 0;
  if (isOneOf(seen, 'passkey')) return 3;
  return kinds(seen) >= 2 ? 2 : 1;
}
const levels = ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa', 'phr'];

function inside(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [base = '', prefix] = range.split('/');
    list.addSubnet(base, Number(prefix), isIPv6(base) ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function applies(policy: RawPolicy, c: Case): boolean {
  const { users, applications, clientAppTypes, locations } = policy.conditions;
  const mine = { Users: [c.user.id], Groups: c.user.groups, Roles: c.user.roles };
  const hits = (word: string) =>
    Object.entries(mine).some(([kind, have]) => users[word + kind]?.some(id => have.includes(id)));
  if (hits('exclude')) return false;
  if (!hits('include') && !users.includeUsers?.includes('All')) return false;
  if (c.application === undefined) {
    if (!applications.includeUserActions?.length) return false;
  } else {
    if (applications.excludeApplications?.includes(c.application)) return false;
    if (!applications.includeApplications?.some(a => a === 'All' || a === c.application)) return false;
  }
  if (!clientAppTypes.some(t => t === 'all' || t === c.clientType)) return false;
  if (locations === undefined || c.address === undefined) return true;
  const { address } = c;
  const within = (id: string, unknown: boolean) => {
    if (id === 'All') return true;
    if (id === 'AllTrusted') return c.locations.some(l => l.isTrusted && inside(l.ipRanges, address));
    const location = c.locations.find(l => l.id === id);
    return location === undefined ? unknown : inside(location.ipRanges, address);
  };
  if (locations.excludeLocations.some(id => within(id, false))) return false;
  return locations.includeLocations.some(id => within(id, true));
}

const isBlock = (p: RawPolicy) => p.grantControls?.builtInControls?.includes('block') ?? false;
const strengthOf = (p: RawPolicy) =>
  p.grantControls?.builtInControls?.includes('mfa')
    ? '00000000-0000-0000-0000-000000000002'
    : p.grantControls?.authenticationStrength?.id;

/** Whether paper is anything here. */
const paper = (c: Case, registering: boolean) => registering || c.recoveryCodes === 'applications';

/** What evidence may be used, given the policies whose frequencies hold. */
function usable(c: Case, policies: readonly RawPolicy[], registering: boolean): OfferName[] {
  const old = ['other', 'exchangeActiveSync'].includes(c.clientType);
  return c.shown
    .filter(({ name, at }) => {
      if (name === 'recoveryCode' && !paper(c, registering)) return false;
      if (name === 'appPassword' && !old) return false;
      if (at > c.now + 300_000) return false;
      if (c.since !== undefined && at >= c.since) return true;
      const age = c.now - at;
      if (c.maxAge !== undefined && age > c.maxAge) return false;
      return policies.every(p => {
        const f = p.sessionControls?.signInFrequency;
        if (!f?.isEnabled) return true;
        if (f.authenticationType === 'secondaryAuthentication' && ['password', 'appPassword'].includes(name))
          return true;
        const unit = f.type === 'days' ? 86_400_000 : 3_600_000;
        return age <= (f.frequencyInterval === 'everyTime' ? 300_000 : (f.value ?? 0) * unit);
      });
    })
    .map(s => s.name);
}

const subsets = <T>(items: readonly T[]): T[][] =>
  items.reduce<T[][]>((all, item) => all.concat(all.map(set => set.concat(item))), [[]]);

/** The members of minimal sets, by trying them all. */
function leading(offers: readonly OfferName[], enough: (added: OfferName[]) => boolean): OfferName[] {
  const good = subsets(offers).filter(enough);
  const smallest = good.filter(
    set => !good.some(o => o.length < set.length && o.every(x => set.includes(x))),
  );
  return [...new Set(smallest.flat())];
}

export function reference(c: Case): Answer {
  const registering = c.application === undefined;
  const old = ['other', 'exchangeActiveSync'].includes(c.clientType);
  const allowed = (names: readonly OfferName[], forNew = registering) => [
    ...new Set(names.filter(n => (n !== 'recoveryCode' || paper(c, forNew)) && (n !== 'appPassword' || old))),
  ];
  const applied = c.policies.filter(p => p.state === 'enabled' && applies(p, c));
  const offers = allowed(c.offers);
  const registrable = allowed(c.registrable);

  const alone = (p: RawPolicy, names: readonly OfferName[]) => {
    const id = strengthOf(p);
    return begun(names) && (id === undefined || strong(id, names));
  };
  const policiesMet = (names: readonly OfferName[]) => begun(names) && applied.every(p => alone(p, names));
  const applicationMet = (names: readonly OfferName[]) =>
    c.acr === undefined || c.acr.some(a => levels.includes(a) && level(names) >= levels.indexOf(a) + 1);
  const met = (names: readonly OfferName[]) => policiesMet(names) && applicationMet(names);

  const answer = (
    outcome: string,
    names: readonly OfferName[] = [],
    because: readonly RawPolicy[] = [],
  ): Answer => ({
    outcome,
    methods: [...new Set(names.map(n => offer[n].method))].sort(),
    because: because.map(p => p.id),
    reportOnly: c.policies
      .filter(p => p.state === 'enabledForReportingButNotEnforced')
      .map(p => {
        const names = usable(c, [p], registering);
        if (!applies(p, c)) return 'notApplied';
        if (isBlock(p)) return 'failure';
        if (alone(p, names)) return 'success';
        return alone(p, [...names, ...offers, ...registrable]) ? 'interrupted' : 'failure';
      }),
  });

  const blocking = applied.filter(isBlock);
  const firstOffers = offers.filter(n => first.includes(n));
  if (blocking.length > 0) {
    const ever = c.shown.some(s => first.includes(s.name) && (s.name !== 'appPassword' || old));
    return ever || firstOffers.length === 0 ? answer('block', [], blocking) : answer('ask', firstOffers);
  }
  if (c.acr !== undefined && !c.acr.some(a => levels.includes(a))) return answer('unmet');
  const now = usable(c, applied, registering);
  if (met(now)) return answer('grant', [], applied);

  const unsatisfied = applied.filter(p => !alone(p, usable(c, [p], registering)));
  const lead = leading(offers, added => met([...now, ...added]));
  if (!begun(now)) {
    const leadFirst = lead.filter(n => first.includes(n));
    const ask = leadFirst.length > 0 ? leadFirst : firstOffers;
    return ask.length === 0 ? answer('block', [], unsatisfied) : answer('ask', ask, unsatisfied);
  }
  if (lead.length > 0) return answer('ask', lead, unsatisfied);
  const everything = [...now, ...offers, ...registrable];
  if (!policiesMet(everything)) return answer('block', [], unsatisfied);
  if (!met(everything)) return answer('unmet', [], unsatisfied);
  const helped = leading([...new Set([...offers, ...registrable])], added => met([...now, ...added]));
  const held = usable(c, applied, true);
  const mfa = (names: readonly OfferName[]) => begun(names) && strong('2', names);
  const prove = mfa(held) ? [] : leading(allowed(c.offers, true), added => mfa([...held, ...added]));
  return prove.length > 0
    ? answer('ask', prove, unsatisfied)
    : answer(
        'register',
        helped.filter(n => registrable.includes(n)),
        unsatisfied,
      );
}
