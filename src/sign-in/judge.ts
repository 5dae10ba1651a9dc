import type { AuditEvent } from '../audit/index.ts';
import { type Directory, type Person, type Rules, registrationStartOf } from '../directory/index.ts';
import type { Visit } from '../http/visit.ts';
import { type Clock, days, type Instant, minutes } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { AnyMethod, Credential } from '../methods/method.ts';
import {
  type AccessRequest,
  clientTypeOf,
  type Decision,
  decide,
  type Evidence,
  type MethodId,
  multiFactorId,
  type Offer,
  type Policies,
} from '../policies/index.ts';
import type { Aim, Standing, Target, Way } from './sign-in.ts';

export type { Person } from '../directory/index.ts';

/** Changing security info needs proof that is not older than this. */
export const securityInfoFreshness = minutes(15);

/** What of a visit matters for a decision. */
export type From = Pick<Visit, 'place' | 'trustedNetwork'>;

export interface Judge {
  person(id: UserId): Promise<Person | undefined>;
  personNamed(loginName: string): Promise<Person | undefined>;
  /** The name in the form in which it is looked up; undefined when nobody could be called that. */
  readLoginName(typed: string): string | undefined;
  standing(
    person: Person,
    evidence: readonly Evidence[],
    aim: Pick<Aim, 'target' | 'demanded' | 'persistent'> & { readonly began?: number },
    visit: From,
  ): Promise<{ standing: Standing; decision: Decision; verdict: NonNullable<AuditEvent['detail']> }>;
}

/** Gathers what a decision needs, asks the policies, and says what it means for the person's next page. */
export function openJudge(deps: {
  clock: Clock;
  directory: Directory;
  policies: () => Promise<Policies>;
  rules: () => Promise<Rules>;
  methods: readonly AnyMethod[];
  passwordOffer: Offer;
  /** when this person said "later" to a passkey */
  passkeyPostponedAt(user: UserId): Promise<Instant | undefined>;
}): Judge {
  const { clock, directory, methods } = deps;

  async function holdings(person: Person): Promise<Holding[]> {
    const all = await Promise.all(
      methods
        .filter(({ table }) => table === undefined || person.proofsIn.includes(table))
        .map(async method =>
          (await method.credentials(person.id, person)).map(credential => ({ method, credential })),
        ),
    );
    return all.flat();
  }

  return {
    person: id => directory.users.forSignIn({ id }),
    personNamed: loginName => directory.users.forSignIn({ loginName }),
    readLoginName: typed => directory.users.readLoginName(typed),
    async standing(person, evidence, aim, visit) {
      const [policies, rules, held] = await Promise.all([deps.policies(), deps.rules(), holdings(person)]);
      const { target } = aim;
      const says = tellingTo(target);
      const shown = evidence.filter(says);
      const offers: Offer[] = [
        deps.passwordOffer,
        ...held.map(({ method, credential: { traits } }) => ({
          method: method.id,
          ...method.offers,
          ...(traits ? { traits } : {}),
        })),
      ].filter(says);
      const request: AccessRequest = {
        user: { id: person.id, groups: person.groups, roles: person.roles },
        target:
          target.is === 'security-info'
            ? { userAction: 'register-security-info' }
            : { application: target.application },
        address: visit.place,
        clientType: clientTypeOf(target.is === 'application' ? target : {}),
        demanded:
          target.is === 'security-info' ? securityInfoDemand(held.length > 0, rules, visit) : aim.demanded,
        ...(aim.began === undefined ? {} : { since: aim.began }),
        recoveryCodes: rules.recoveryCodes.leadTo,
        registrable: registrable(methods).filter(says),
      };
      const now = clock.now();
      const decision = decide(policies, request, shown, offers, now);
      /** A policy that asks for more before anything is registered means it: a leaked password is not more. */
      const toRegister = (): Decision => {
        const { demanded: _, ...registering } = request;
        const first = {
          ...registering,
          target: { userAction: 'register-security-info' },
          clientType: 'browser',
        } as const;
        return decide(policies, first, shown, offers, now);
      };
      /** What a policy wants registered may be something that the organisation gives nobody, or not this person. */
      const canRegister = async (ids: readonly MethodId[]): Promise<boolean> => {
        const kinds = methods
          .filter(({ id }) => ids.includes(id))
          .map(({ id, registration }) => {
            const those = held.filter(({ method }) => method.id === id).map(({ credential }) => credential);
            return registration?.kinds(those, person.id) ?? [];
          });
        return (await Promise.all(kinds)).some(some => some.length > 0);
      };
      const hasRegistered = held.some(({ method }) => method.registration);
      /** To whoever proved by phone in this attempt, has none, and may register one on the strength of what was shown. */
      const offersPasskey = async (): Promise<boolean> => {
        const { remindEvery } = rules.passkeys;
        const { began } = aim;
        const byPhone = began !== undefined && shown.some(e => e.method === 'phone' && e.at >= began);
        const has = held.some(({ method }) => method.id === 'passkey');
        const { registration } = methods.find(({ id }) => id === 'passkey') ?? {};
        if (remindEvery === 0 || !byPhone || has || !registration) return false;
        if ((await registration.kinds([], person.id)).length === 0) return false;
        const before = await deps.passkeyPostponedAt(person.id);
        if (before !== undefined && now < before + days(remindEvery)) return false;
        const registering = {
          ...request,
          target: { userAction: 'register-security-info' },
          clientType: 'browser',
          demanded: securityInfoDemand(true, rules, visit),
        } as const;
        return decide(policies, registering, shown, offers, now).outcome === 'grant';
      };
      return {
        decision,
        verdict: verdictOf(decision),
        standing: standingOf(decision, {
          ways: methodIds => waysOf(methodIds, held, defaultOf(person, rules)),
          toRegister,
          canRegister: decision.outcome !== 'register' || (await canRegister(decision.methods)),
          holdsSome: hasRegistered,
          offersPasskey: target.is === 'application' && (await offersPasskey()),
          owesRegistration: !hasRegistered && (owesRegistration(person, rules, now) || shown.some(isStopgap)),
          person,
          rules,
          aim,
        }),
      };
    },
  };
}

/**
 * What counts for a target. A proof for somebody else is of the values that they accept. The proof
 * that was shown to them says something there, and nothing anywhere else.
 */
const tellingTo =
  (target: Target) =>
  ({ method, amr }: Offer): boolean =>
    target.is === 'proof'
      ? method === 'federated' || amr.some(value => target.accepts.includes(value))
      : method !== 'federated';

interface Holding {
  readonly method: AnyMethod;
  readonly credential: Credential;
}

/**
 * Whoever has a way to prove who they are shows it before changing anything, and lately. The office
 * may let the trusted network stand in for it, as the campus does for those who lost their phone.
 */
function securityInfoDemand(
  hasMethod: boolean,
  rules: Rules,
  visit: From,
): NonNullable<AccessRequest['demanded']> {
  const excused = visit.trustedNetwork && rules.securityInfo.onTrustedNetwork === 'password';
  return hasMethod && !excused
    ? { strength: multiFactorId, maxAge: securityInfoFreshness }
    : { maxAge: securityInfoFreshness };
}

const registrable = (methods: readonly AnyMethod[]): Offer[] =>
  methods.filter(method => method.registration).map(method => ({ method: method.id, ...method.offers }));

const owesRegistration = (person: Person, rules: Rules, now: number): boolean =>
  person.mustRegister || (registrationStartOf(rules, person) ?? Number.POSITIVE_INFINITY) <= now;

/** What a person set as their default, where the organisation lets it stand before what is stronger. */
const defaultOf = ({ preferredMethod }: Person, { securityInfo }: Rules): string | undefined =>
  securityInfo.askedFirst === 'default' ? preferredMethod : undefined;

/** Every way to answer with these methods: the person's default first, then the strongest. */
function waysOf(ids: readonly MethodId[], held: readonly Holding[], preferred: string | undefined): Way[] {
  const ways = ids.flatMap(id =>
    held
      .filter(({ method }) => method.id === id)
      .flatMap(({ credential }) =>
        credential.ways.map(way => ({
          method: id,
          credential: credential.id,
          ...(credential.kind ? { kind: credential.kind } : {}),
          way,
          detail: credential.detail,
          since: credential.createdAt,
        })),
      ),
  );
  const isPreferred = (way: Way): boolean =>
    preferred === `${way.credential} ${way.way}` || preferred === way.credential;
  return [...ways.filter(isPreferred), ...ways.filter(way => !isPreferred(way))];
}

function standingOf(
  decision: Decision,
  facts: {
    ways(ids: readonly MethodId[]): Way[];
    /** what is asked before something is registered */
    toRegister(): Decision;
    canRegister: boolean;
    holdsSome: boolean;
    offersPasskey: boolean;
    owesRegistration: boolean;
    person: Person;
    rules: Rules;
    aim: Pick<Aim, 'target' | 'persistent'>;
  },
): Standing {
  switch (decision.outcome) {
    case 'block':
      return decision.reason === 'policy' || decision.reason === 'fault'
        ? { is: 'blocked' }
        : { is: 'unsatisfiable' };
    case 'unmet':
      return { is: 'unsatisfiable' };
    case 'register': {
      const { is } = facts.aim.target;
      if (is === 'security-info') return { is: 'unsatisfiable' };
      // What is accepted comes unsigned through the browser: it must not open a way around a held method.
      const around = is === 'proof' && facts.holdsSome;
      return facts.canRegister && !around && facts.toRegister().outcome === 'grant'
        ? { is: 'must-register', methods: decision.methods }
        : { is: 'unsatisfiable' };
    }
    case 'ask':
      return asking(decision.methods, facts);
    case 'grant': {
      const { outcome, ...before } = facts.owesRegistration ? facts.toRegister() : decision;
      if (outcome === 'ask' && 'methods' in before && facts.aim.target.is === 'application')
        return asking(before.methods, facts);
      return enough(decision, { ...facts, owesRegistration: facts.owesRegistration && outcome === 'grant' });
    }
  }
}

function asking(methods: readonly MethodId[], facts: { ways(ids: readonly MethodId[]): Way[] }): Standing {
  if (methods.includes('password')) return { is: 'password-first' };
  const [first, ...others] = facts.ways(methods);
  return first ? { is: 'more', ways: [first, ...others] } : { is: 'unsatisfiable' };
}

/** Whoever came in by a pass of the office, or by one of ten codes on paper, has nothing lasting, and came to get it. */
const isStopgap = ({ method }: Offer): boolean =>
  method === 'temporary-access-pass' || method === 'recovery-code';

function enough(
  decision: Decision,
  facts: {
    owesRegistration: boolean;
    offersPasskey: boolean;
    person: Person;
    rules: Rules;
    aim: Pick<Aim, 'target' | 'persistent'>;
  },
): Standing {
  const changing = facts.aim.target.is === 'security-info';
  if (facts.aim.target.is === 'proof') return { is: 'enough', owes: 'nothing', stay: 'never' };
  const owes = facts.person.mustChangePassword
    ? 'password'
    : facts.owesRegistration && !changing
      ? 'registration'
      : facts.offersPasskey
        ? 'passkey'
        : 'nothing';
  return { is: 'enough', owes, stay: stayOf(decision, facts) };
}

function stayOf(
  decision: Decision,
  { rules, aim }: { rules: Rules; aim: Pick<Aim, 'target' | 'persistent'> },
): 'ask' | 'always' | 'never' {
  const policy = decision.outcome === 'grant' ? decision.session.persistentBrowser : undefined;
  if (policy) return policy;
  if (aim.persistent !== undefined) return aim.persistent ? 'always' : 'never';
  return rules.staySignedIn.offered && aim.target.is === 'application' ? 'ask' : 'never';
}

/** What the audit keeps of a decision: which policies, and what report-only ones would have done. */
function verdictOf(decision: Decision): NonNullable<AuditEvent['detail']> {
  return {
    outcome: decision.outcome,
    because: decision.because.map(policy => policy.displayName),
    reportOnly: decision.reportOnly.map(({ policy, outcome }) => ({ policy: policy.displayName, outcome })),
    ...(decision.faults.length > 0 ? { faults: decision.faults.map(fault => fault.message) } : {}),
  };
}
