import type { Instant } from '../kit/clock.ts';
import { assurance } from './assurance.ts';
import type { Policies } from './compile.ts';
import type { Decision, Fault, ReportOnly, SessionControls, Verdict } from './decision.ts';
import {
  type Demand,
  demandOf,
  demandsOf,
  demandsOfApplication,
  firstFactor,
  isPossible,
  meetsAll,
  missingFrom,
} from './demands.ts';
import type { Evidence, Offer } from './evidence.ts';
import { strictest } from './freshness.ts';
import { blocks, type Judgement, judge, messageOf } from './judge.ts';
import type { PolicyRef } from './policy.ts';
import { isFirstFactor } from './proof.ts';
import type { AccessRequest } from './request.ts';
import { methodsOf, type Situation, situationOf } from './situation.ts';
import { multiFactor } from './strengths.ts';
import { ways } from './ways.ts';

const refs = (judgements: readonly Judgement[]): readonly PolicyRef[] => judgements.map(j => j.policy.ref);

/** Whether one policy, looked at alone, has what it asks for. */
export const isMet = ({ policy }: Judgement, situation: Situation): boolean =>
  meetsAll(situation.shown(policy.session.limits), demandsOf([policy]));

function reportOnly(judgement: Judgement, situation: Situation): ReportOnly {
  const { policy, applies } = judgement;
  const outcome = (): ReportOnly['outcome'] => {
    if (!applies) return 'notApplied';
    if (blocks(judgement)) return 'failure';
    if (isMet(judgement, situation)) return 'success';
    const best = [
      ...situation.shown(policy.session.limits),
      ...situation.offers(),
      ...situation.registrable(),
    ];
    return meetsAll(best, demandsOf([policy])) ? 'interrupted' : 'failure';
  };
  return { policy: policy.ref, outcome: outcome() };
}

function sessionOf(applied: readonly Judgement[]): SessionControls {
  const { any, second } = strictest(applied.map(j => j.policy.session.limits));
  const browsers = new Set(applied.map(j => j.policy.session.persistentBrowser));
  return {
    maxAge: any,
    secondFactorMaxAge: second,
    persistentBrowser: browsers.has('never') ? 'never' : browsers.has('always') ? 'always' : undefined,
  };
}

/** Whoever has a second method shows it before adding another: a password alone must not bring in a new key. */
const everythingHeld: readonly Demand[] = [firstFactor, demandOf(multiFactor)];

function blocked(blocking: readonly Judgement[], { everShown, offers }: Situation): Verdict {
  const first = offers().filter(isFirstFactor);
  // A mere name learns nothing: who is blocked hears it after the first factor, when others hear their next step.
  if (!everShown.some(isFirstFactor) && first.length > 0) {
    return {
      outcome: 'ask',
      because: [],
      methods: methodsOf(first),
      missing: missingFrom([firstFactor], [], everShown),
    };
  }
  const reason = blocking.some(j => j.fault !== undefined) ? 'fault' : 'policy';
  return { outcome: 'block', because: refs(blocking), reason };
}

function verdict(
  policies: Policies,
  enforced: readonly Judgement[],
  request: AccessRequest,
  situation: Situation,
): Verdict {
  const blocking = enforced.filter(blocks);
  if (blocking.length > 0) return blocked(blocking, situation);

  const { everShown } = situation;
  const limits = strictest(enforced.map(j => j.policy.session.limits));
  const shown = situation.shown(limits);
  const ofPolicies = demandsOf(enforced.map(j => j.policy));
  const ofApplication = demandsOfApplication(request, policies);
  const demands = [...ofPolicies, ...ofApplication];

  if (!ofApplication.every(isPossible)) {
    return { outcome: 'unmet', because: [], missing: missingFrom(ofApplication, shown, everShown) };
  }
  if (meetsAll(shown, demands)) {
    return {
      outcome: 'grant',
      because: refs(enforced),
      session: sessionOf(enforced),
      assurance: assurance(shown),
    };
  }

  const offers = situation.offers();
  const because = refs(enforced.filter(j => !isMet(j, situation)));
  const missing = missingFrom(demands, shown, everShown);
  const leading = ways(offers, added => meetsAll([...shown, ...added], demands));

  if (!shown.some(isFirstFactor)) {
    const leadingFirst = [...leading].filter(isFirstFactor);
    const first = leadingFirst.length > 0 ? leadingFirst : offers.filter(isFirstFactor);
    return first.length === 0
      ? { outcome: 'block', because, reason: 'no-first-factor' }
      : { outcome: 'ask', because, methods: methodsOf(first), missing };
  }
  if (leading.size > 0) return { outcome: 'ask', because, methods: methodsOf(leading), missing };

  const registrable = situation.registrable();
  const everything = [...shown, ...offers, ...registrable];
  if (!meetsAll(everything, ofPolicies)) return { outcome: 'block', because, reason: 'cannot-be-met' };
  if (!meetsAll(everything, demands)) return { outcome: 'unmet', because, missing };
  const withNew = ways([...offers, ...registrable], added => meetsAll([...shown, ...added], demands));
  const helpful = registrable.filter(offer => withNew.has(offer));
  if (helpful.length === 0) return { outcome: 'block', because, reason: 'cannot-be-met' };

  const forRegistering = situation.toRegister();
  const held = forRegistering.shown(limits);
  const proving = ways(forRegistering.offers(), added => meetsAll([...held, ...added], everythingHeld));
  return meetsAll(held, everythingHeld) || proving.size === 0
    ? { outcome: 'register', because, methods: methodsOf(helpful), missing }
    : {
        outcome: 'ask',
        because,
        methods: methodsOf(proving),
        missing: missingFrom(everythingHeld, held, forRegistering.everShown),
      };
}

function decided(
  policies: Policies,
  request: AccessRequest,
  evidence: readonly Evidence[],
  offers: readonly Offer[],
  now: Instant,
): Decision {
  const situation = situationOf(request, evidence, offers, now);
  const judgements = judge(policies, request);
  const enforced = judgements.filter(j => j.policy.state === 'enabled' && j.applies);
  return {
    ...verdict(policies, enforced, request, situation),
    reportOnly: judgements
      .filter(j => j.policy.state === 'enabledForReportingButNotEnforced')
      .map(j => reportOnly(j, situation)),
    faults: judgements.flatMap((j): Fault[] =>
      j.fault === undefined || j.policy.state === 'disabled'
        ? []
        : [{ policy: j.policy.ref, message: j.fault }],
    ),
  };
}

/**
 * How much is enough: every enabled policy that matches applies, a block wins, demands add up, and what the
 * application demands is added. Total and deterministic; whatever breaks blocks, and is in `faults` to be logged.
 *
 * Nothing is granted without a first factor. A network only decides whether a policy matches; it proves nothing.
 *
 * For the target `register-security-info`, `register` means: this would be the person's first method. Whether it may be
 * added on the strength of what was shown is for the rules of registration.
 */
export function decide(
  policies: Policies,
  request: AccessRequest,
  evidence: readonly Evidence[],
  offers: readonly Offer[],
  now: Instant,
): Decision {
  try {
    return decided(policies, request, evidence, offers, now);
  } catch (error) {
    const fault: Fault = { policy: undefined, message: messageOf(error) };
    return { outcome: 'block', because: [], reason: 'fault', reportOnly: [], faults: [fault] };
  }
}
