import { portal } from '../../directory/index.ts';
import { parseAddress } from '../../http/address.ts';
import type { Instant } from '../../kit/clock.ts';
import {
  type AccessRequest,
  clientTypeOf,
  clientTypes,
  type Decision,
  decide,
  type Evidence,
  type Explanation,
  explain,
  type MethodId,
  type Offer,
} from '../../policies/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { findApplication, findUser, oneOf } from '../finding.ts';

const password: Offer = { method: 'password', factors: ['knowledge'], traits: [], amr: ['pwd'] };
const totp: Offer = { method: 'totp', factors: ['possession'], traits: [], amr: ['otp'] };
const phone = (amr: 'sms' | 'tel'): Offer => ({
  method: 'phone',
  factors: ['possession'],
  traits: ['phone-network'],
  amr: [amr],
});

const passkey: Offer = {
  method: 'passkey',
  factors: ['possession', 'inherence'],
  traits: ['phishing-resistant', 'user-verified'],
  amr: ['hwk', 'pop', 'user'],
};

const approval: Offer = { method: 'authenticator', factors: ['possession'], traits: [], amr: ['swk'] };
const token: Offer = { method: 'hardware-token', factors: ['possession'], traits: [], amr: ['otp'] };

const paper: Offer = { method: 'recovery-code', factors: ['possession'], traits: [], amr: ['otp'] };

/** What a person may have shown already, by the word that the office types. */
const proofs = {
  password,
  totp,
  text: phone('sms'),
  call: phone('tel'),
  passkey,
  approval,
  token,
  'recovery-code': paper,
} as const;
const proofNames = Object.keys(proofs) as (keyof typeof proofs)[];

/** What each way that a person has can show. */
const shownBy: Readonly<Record<string, readonly Offer[]>> = {
  totp: [totp],
  passkey: [passkey],
  authenticator: [{ ...approval, amr: ['swk', 'otp'] }],
  'hardware-token': [token],
  phone: [phone('sms'), phone('tel')],
};

const offersOf = (methods: readonly { readonly method: string }[]): readonly Offer[] => [
  password,
  ...methods.flatMap(({ method }) => shownBy[method] ?? []),
];

const explaining = command({
  path: 'policies explain',
  options: {
    user: { kind: 'text', value: 'user', required: true },
    application: { kind: 'text', value: 'id', required: true },
    ip: { kind: 'text', value: 'address' },
    client: { kind: 'text', value: 'client' },
    shown: { kind: 'list', value: 'proof' },
  },
  async run(context, options) {
    const { directory, clock, words } = context;
    const user = await findUser(context, options.user);
    const person = await directory.users.forSignIn({ id: user.id });
    const address = options.ip === undefined ? undefined : parseAddress(options.ip);
    if (options.ip !== undefined && address === undefined)
      throw new CommandFailed(words.usage.notAnAddress({ value: options.ip }));
    const application =
      options.application === 'security-info'
        ? undefined
        : options.application === portal
          ? { id: portal, settings: {} }
          : await findApplication(context, options.application);
    const request: AccessRequest = {
      user: { id: user.id, groups: person?.groups ?? [], roles: person?.roles ?? [] },
      target:
        application === undefined
          ? { userAction: 'register-security-info' }
          : { application: application.id },
      address,
      clientType:
        options.client === undefined
          ? clientTypeOf(application?.settings ?? {})
          : oneOf(context, '--client', options.client, clientTypes),
      recoveryCodes: (await directory.settings.get('recoveryCodes')).leadTo,
    };
    const now: Instant = clock.now();
    const evidence: readonly Evidence[] = options.shown.map(proof => ({
      ...proofs[oneOf(context, '--shown', proof, proofNames)],
      at: now,
    }));
    const policies = await directory.access.current();
    const offers = [
      ...offersOf(await directory.reports.methodsOf(user.id)),
      ...(person?.proofsIn.includes('recovery_codes') ? [paper] : []),
    ];
    const explanations = explain(policies, request, evidence, offers, now);
    const decision = decide(policies, request, evidence, offers, now);
    const pieces = [...explanations.map(one => piece(words, one)), outcome(words, decision)];
    return {
      data: {
        user: user.loginName,
        application: options.application,
        ip: options.ip,
        policies: explanations,
        decision,
      },
      text: [...(explanations.length === 0 ? [words.policies.none] : []), ...pieces].join('\n\n'),
    };
  },
});

/** One policy: its state, whether it applies, each condition with its reason, what it asks for. */
function piece(words: CommandContext['words'], one: Explanation): string {
  const head = `${one.policy.displayName} [${words.policies.states[one.state]}]: ${one.applies ? words.explain.applies : words.explain.appliesNot}`;
  const conditions = one.conditions.map(({ condition, matched, why, name, value }) => {
    const what = name ?? value;
    return `  ${matched ? '+' : '-'} ${words.explain.conditions[condition]}: ${words.explain.why[why]}${what === undefined ? '' : ` (${what})`}`;
  });
  const asks =
    one.requirement.kind === 'strength'
      ? words.explain.strength({ name: one.requirement.displayName })
      : words.explain.asks[one.requirement.kind];
  const met = one.met === undefined ? '' : ` — ${one.met ? words.explain.met : words.explain.unmet}`;
  const fault = one.fault === undefined ? [] : [`  ! ${words.explain.fault({ fault: one.fault })}`];
  return [head, ...conditions, `  ${asks}${met}`, ...fault].join('\n');
}

const outcome = (words: CommandContext['words'], decision: Decision): string =>
  decision.outcome === 'ask'
    ? words.explain.asksMore({ methods: (decision.methods satisfies readonly MethodId[]).join(', ') })
    : words.explain.outcome[decision.outcome];

export const explainCommands: readonly Command[] = [explaining];
