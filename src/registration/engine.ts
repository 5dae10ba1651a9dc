import { setTimeout as pause } from 'node:timers/promises';
import type { Audit } from '../audit/index.ts';
import { Problem } from '../http/problems.ts';
import { speaking, type Visit } from '../http/visit.ts';
import type { Clock } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { AnyMethod, Context, Registration as Way } from '../methods/method.ts';
import type { Evidence, MethodId } from '../policies/index.ts';
import { lookAgain, type Part, type Storage } from '../storage/index.ts';
import { type Move, openJudging } from './judging.ts';
import { holdsAny, isFull } from './limits.ts';
import { noted } from './noted.ts';
import type { Notices } from './notices.ts';
import {
  advance,
  askingTakes,
  isBeingAsked,
  lifetime,
  MovedOn,
  type Offered,
  type Registration,
  type RegistrationId,
} from './registration.ts';
import { openRegistrations } from './store.ts';

type Fields = Readonly<Record<string, string>>;
type Seen = { readonly registration: Registration; readonly waiting?: string | undefined };

export interface RegistrationEngine {
  /** What this person could add now, the best first. */
  offered(user: UserId): Promise<readonly Offered[]>;
  begin(
    who: Pick<Registration, 'user' | 'loginName' | 'within' | 'returnTo' | 'language' | 'replacing'>,
    visit: Visit,
    what?: {
      /** the list is passed over */
      readonly adding?: Offered;
      /** only these are listed: another one would not be enough */
      readonly of?: readonly MethodId[];
    },
  ): Promise<Registration>;
  view(id: RegistrationId, visit: Visit): Promise<Seen>;
  choose(id: RegistrationId, adding: Offered, visit: Visit): Promise<Registration>;
  fill(id: RegistrationId, fields: Fields, visit: Visit): Promise<Registration>;
  /** Puts the same question again: another code, another call. */
  again(id: RegistrationId, visit: Visit): Promise<Registration>;
  answer(id: RegistrationId, fields: Fields, visit: Visit): Promise<Registration>;
  back(id: RegistrationId, visit: Visit): Promise<Registration>;
  /** What a finished registration proved, for the sign-in that waits for it. */
  proved(id: RegistrationId, visit: Visit): Promise<{ user: UserId; evidence: Evidence } | undefined>;
  /** Takes a finished registration out, once. */
  spending(id: RegistrationId): Part;
}

export function openRegistration(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  methods: readonly AnyMethod[];
  notices: Notices;
}): RegistrationEngine {
  const { storage, clock, audit } = deps;
  const registrations = openRegistrations(storage.sealer);

  const ways = deps.methods.flatMap(method =>
    method.registration ? [{ method, way: method.registration }] : [],
  );

  function wayOf(adding: Pick<Offered, 'method'>): { method: AnyMethod; way: Way } {
    const found = ways.find(({ method }) => method.id === adding.method);
    if (!found) throw new Problem('registration.moved-on');
    return found;
  }

  async function offered(user: UserId): Promise<Offered[]> {
    const each = await Promise.all(
      ways.map(async ({ method, way }) =>
        (await isFull(storage.db, deps.methods, method.id, user))
          ? []
          : (await way.kinds(await method.credentials(user), user)).map(kind => ({
              kind,
              method: method.id,
            })),
      ),
    );
    return each.flat();
  }

  const contextOf = (registration: Registration, visit: Visit): Context => ({
    now: clock.now(),
    user: registration.user,
    language: speaking(visit, registration.language).language,
    correlation: registration.id,
    address: visit.address,
    trustedNetwork: visit.trustedNetwork,
    purpose: '',
  });

  const { judge, heldFor } = openJudging({ ...deps, wayOf, contextOf });

  async function load(id: RegistrationId, visit: Visit): Promise<Registration> {
    const registration = await registrations.find(storage.db, id, visit.browser.hash, clock.now());
    if (!registration) throw new Problem('registration.over');
    return registration;
  }

  async function step(
    id: RegistrationId,
    visit: Visit,
    move: (registration: Registration) => Promise<Move | undefined>,
  ): Promise<Registration> {
    const made = await lookAgain(
      () => load(id, visit),
      async registration => {
        try {
          const { event, parts = [], work, audit: told } = (await move(registration)) ?? {};
          if (!event) return registration;
          const next = advance(registration, event);
          const recorded = told && told.length > 0 ? [audit.recording(...told)] : [];
          const saved = await storage.change([registrations.saving(next), ...parts, ...recorded], work);
          return saved ? next : undefined;
        } catch (error) {
          if (error instanceof MovedOn) throw new Problem('registration.moved-on', { cause: error });
          throw error;
        }
      },
    );
    if (!made) throw new Problem('registration.moved-on');
    return made;
  }

  /** A question that is left is taken back: whoever still holds the telephone confirms nothing. */
  async function leave({ step: at }: Registration): Promise<void> {
    if (at.is === 'verify') await wayOf(at.adding).method.leave?.(at.challenge);
  }

  /** Puts the question. The row is taken first, so that of two presses one sends. */
  async function ask(
    registration: Registration,
    draft: object,
    visit: Visit,
    fields: Fields = {},
  ): Promise<Registration> {
    const { step: at } = registration;
    if (at.is !== 'form' && at.is !== 'verify') throw new Problem('registration.moved-on');
    const now = clock.now();
    const taken = { ...registration, asking: now, version: registration.version + 1 };
    if (isBeingAsked(registration, now) || !(await storage.change([registrations.saving(taken)])))
      return untilAsked(registration.id, visit);
    const { way } = wayOf(at.adding);
    const locked = await heldFor(registration, at.adding, draft);
    const begun = locked
      ? ({ begun: false, refusal: locked } as const)
      : await way.begin(draft, contextOf(registration, visit), registration.asked[at.adding.method]);
    const put = async (current: Registration): Promise<Move> => {
      if (begun.begun)
        return {
          event: { is: 'asked', draft, challenge: begun.challenge },
          audit: [noted(current, visit, 'registration.step', { ...at.adding, step: 'asked' })],
        };
      const said = [
        noted(current, visit, 'registration.step', {
          ...at.adding,
          step: 'not-asked',
          reason: begun.refusal.reason,
        }),
      ];
      return current.step.is === 'form'
        ? {
            event: { is: 'misfilled', fields, problems: {}, refusal: begun.refusal },
            audit: said,
          }
        : { event: { is: 'refused', refusal: begun.refusal }, audit: said };
    };
    try {
      return await step(registration.id, visit, put);
    } catch (error) {
      // They went away while it was being sent.
      if (begun.begun) await wayOf(at.adding).method.leave?.(begun.challenge);
      throw error;
    }
  }

  /** A second press waits for what the first one brings. */
  async function untilAsked(id: RegistrationId, visit: Visit): Promise<Registration> {
    const end = performance.now() + askingTakes;
    for (;;) {
      const current = await load(id, visit);
      if (!isBeingAsked(current, clock.now()) || performance.now() > end) return current;
      await pause(250);
    }
  }

  return {
    offered,

    async begin(who, visit, { adding, of } = {}) {
      const now = clock.now();
      const all = adding && who.replacing ? [adding] : await offered(who.user);
      const choices = all.filter(({ method }) => of?.includes(method) ?? true);
      const fresh: Registration = {
        ...who,
        id: newId(now),
        version: 1,
        first: !(await holdsAny(storage.db, deps.methods, who.user)),
        offered: choices,
        asked: {},
        step: { is: 'choose', offered: choices },
        createdAt: now,
        expiresAt: now + lifetime,
      };
      await storage.change([
        registrations.inserting(fresh, visit.browser.hash),
        audit.recording(noted(fresh, visit, 'registration.started', { within: who.within })),
      ]);
      return adding ? this.choose(fresh.id, adding, visit) : fresh;
    },

    async view(id, visit) {
      const registration = await load(id, visit);
      const { step: at } = registration;
      if (at.is !== 'verify') return { registration };
      const { method } = wayOf(at.adding);
      if (!method.waits?.(at.challenge))
        return { registration, waiting: await method.standing?.(at.challenge) };
      const told: string[] = [];
      const looked = await step(id, visit, async current =>
        current.step.is === 'verify'
          ? judge(current, method.answer.parse({}), visit, false, state => told.push(state))
          : undefined,
      );
      return { registration: looked, waiting: told.at(-1) };
    },

    choose: (id, adding, visit) =>
      step(id, visit, async registration => {
        const possible = registration.offered.some(o => o.method === adding.method && o.kind === adding.kind);
        if (!possible) throw new MovedOn(registration.step.is, 'chosen');
        await leave(registration);
        const draft = await wayOf(adding).way.start?.(adding.kind, contextOf(registration, visit));
        return {
          event: {
            is: 'chosen',
            adding: { method: adding.method, kind: adding.kind },
            ...(draft ? { draft } : {}),
          },
          audit: [noted(registration, visit, 'registration.step', { ...adding, step: 'chosen' })],
        };
      }),

    async fill(id, fields, visit) {
      const registration = await load(id, visit);
      const { step: at } = registration;
      if (at.is !== 'form') throw new Problem('registration.moved-on');
      const read = await wayOf(at.adding).way.read(
        fields,
        at.adding.kind,
        at.draft,
        contextOf(registration, visit),
      );
      if (read.ok) return ask(registration, read.draft, visit, fields);
      const { problems } = read;
      return step(id, visit, async () => ({ event: { is: 'misfilled', fields, problems }, audit: [] }));
    },

    async again(id, visit) {
      const registration = await load(id, visit);
      if (registration.step.is !== 'verify') throw new Problem('registration.moved-on');
      return ask(registration, registration.step.draft, visit);
    },

    answer: (id, fields, visit) =>
      step(id, visit, async registration => {
        const { step: at } = registration;
        if (at.is !== 'verify') throw new MovedOn(at.is, 'added');
        const answer = wayOf(at.adding).method.answer.safeParse(fields);
        if (!answer.success) return { event: { is: 'refused', refusal: { reason: 'malformed' } }, audit: [] };
        return judge(registration, answer.data, visit, true, () => undefined);
      }),

    back: (id, visit) =>
      step(id, visit, async registration => {
        await leave(registration);
        return { event: { is: 'went-back' }, audit: [] };
      }),

    async proved(id, visit) {
      const { step: at, user } = await load(id, visit);
      return at.is === 'added' ? { user, evidence: at.evidence } : undefined;
    },

    spending: id => ({
      name: 'registered',
      must: 1,
      sql: put => `delete from registrations where id = ${put(id)} returning 1`,
    }),
  };
}
