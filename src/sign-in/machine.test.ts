import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Instant } from '../kit/clock.ts';
import { type CredentialId, newId } from '../kit/ids.ts';
import type { Evidence } from '../policies/index.ts';
import {
  advance,
  MovedOn,
  type SignIn,
  type SignInEvent,
  type Standing,
  type Step,
  type Way,
} from './sign-in.ts';

const now: Instant = 1_000_000;
const ada = newId<'user'>();
const text: Way = {
  method: 'phone',
  credential: 'mobile' as CredentialId,
  kind: 'mobile',
  way: 'text',
  detail: '+81 XX-XXXX-XX78',
  since: 0,
};
const call: Way = { ...text, way: 'call' };
const more: Standing = { is: 'more', ways: [text, call] };
const enough: Standing = { is: 'enough', owes: 'nothing', stay: 'never' };
const password: Evidence = { method: 'password', factors: ['knowledge'], traits: [], amr: ['pwd'], at: now };
const byText: Evidence = {
  method: 'phone',
  factors: ['possession'],
  traits: ['phone-network'],
  amr: ['sms', 'otp'],
  at: now,
};

const at = (step: Step): SignIn => ({
  id: newId(),
  version: 4,
  aim: {
    target: { is: 'security-info' },
    demanded: {},
    notBefore: 0,
    returnTo: '/',
    loginHint: undefined,
    language: undefined,
  },
  loginName: 'ada',
  user: ada,
  evidence: [password],
  asked: {},
  step,
  createdAt: now,
  expiresAt: now + 900_000,
});

/** One of each step that the union has. */
const steps: { [Is in Step['is']]: Extract<Step, { is: Is }> } = {
  identify: { is: 'identify' },
  password: { is: 'password' },
  choose: { is: 'choose', ways: [text, call] },
  asking: { is: 'asking', asked: text, ways: [text, call], at: now },
  prove: { is: 'prove', asked: text, challenge: { code: 1 }, ways: [text, call] },
  'register-first': { is: 'register-first' },
  'offer-passkey': { is: 'offer-passkey' },
  'change-password': { is: 'change-password' },
  stay: { is: 'stay' },
  granted: { is: 'granted', persistent: false },
  refused: { is: 'refused', because: 'gave-up' },
};

const standings: Standing[] = [
  more,
  enough,
  { is: 'enough', owes: 'registration', stay: 'ask' },
  { is: 'enough', owes: 'password', stay: 'ask' },
  { is: 'enough', owes: 'passkey', stay: 'ask' },
  { is: 'enough', owes: 'nothing', stay: 'ask' },
  { is: 'must-register', methods: ['passkey'] },
  { is: 'password-first' },
  { is: 'blocked' },
  { is: 'unsatisfiable' },
];

const events: SignInEvent[] = [
  { is: 'identified', loginName: 'ada', user: ada },
  { is: 'misnamed' },
  { is: 'not-recognised', refusal: { reason: 'wrong' } },
  { is: 'asking', way: text, at: now + 60_000 },
  { is: 'asked', way: text, challenge: { code: 2 } },
  { is: 'not-asked', refusal: { reason: 'gateway-down' } },
  { is: 'refused', refusal: { reason: 'wrong' } },
  { is: 'refused', refusal: { reason: 'fraud' } },
  { is: 'refused', refusal: { reason: 'fraud', pausedUntil: 'until-lifted' } },
  { is: 'looked-elsewhere' },
  { is: 'password-refused', problem: { problem: 'common' } },
  { is: 'ended', because: 'gave-up' },
  ...standings.flatMap((standing): SignInEvent[] => [
    { is: 'recognised', loginName: 'ada', user: ada, standing },
    { is: 'recognised-by-passkey', loginName: 'ada', user: ada, evidence: byText, standing },
    { is: 'proved', evidence: byText, standing },
    { is: 'registered', evidence: [byText], standing },
    { is: 'postponed', standing },
    { is: 'password-changed', standing },
    { is: 'stay-answered', persistent: true, standing },
  ]),
];

test('the drawing in sign-in.md has every edge of the machine, and no other', () => {
  const edges = new Set<string>();
  for (const step of Object.values(steps))
    for (const event of events) {
      try {
        edges.add(`${step.is} --> ${advance(at(step), event).step.is}: ${event.is}`);
      } catch (error) {
        assert.ok(error instanceof MovedOn);
      }
    }
  const drawn = readFileSync(new URL('./sign-in.md', import.meta.url), 'utf8')
    .split('\n')
    .map(line => line.trim())
    .filter(line => / --> .*: /.test(line));
  const expanded = drawn.flatMap(line => {
    const [edge = '', labels = ''] = line.split(': ');
    return labels.split(', ').map(label => `${edge}: ${label}`);
  });
  assert.deepEqual([...edges].sort(), expanded.sort());
});

test('only granted has no way out but being spent, and nothing leads there without enough evidence', () => {
  for (const step of Object.values(steps))
    for (const event of events) {
      let after: SignIn;
      try {
        after = advance(at(step), event);
      } catch {
        continue;
      }
      if (after.step.is !== 'granted') continue;
      assert.ok('standing' in event && event.standing.is === 'enough' && event.standing.owes === 'nothing');
    }
});

test('each step is a new version, so that of two answers one wins', () => {
  assert.equal(advance(at(steps.choose), { is: 'asking', way: text, at: now }).version, 5);
});

test('a message that is being sent is not sent again, until its node must be dead', () => {
  const again = (later: number): SignInEvent => ({ is: 'asking', way: text, at: now + later });
  assert.throws(() => advance(at(steps.asking), again(14_999)), MovedOn);
  assert.equal(advance(at(steps.asking), again(15_000)).step.is, 'asking');
});

test('an old question stays open when a new one could not be sent', () => {
  const asked = { ...at(steps.asking), asked: { 'mobile text': { code: 1 } } };
  const after = advance(asked, { is: 'not-asked', refusal: { reason: 'too-many-sends', until: now } });
  assert.deepEqual(after.step, {
    is: 'prove',
    asked: text,
    challenge: { code: 1 },
    ways: [text, call],
    refusal: { reason: 'too-many-sends', until: now },
  });
});

test('what was granted or refused cannot move', () => {
  for (const step of [steps.granted, steps.refused])
    for (const event of events) assert.throws(() => advance(at(step), event), MovedOn);
});
