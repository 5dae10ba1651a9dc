import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { headerOf, type SipRequest } from '../../../wire/sip/index.ts';
import { movableTime, openCaller, openPeer, type Peer, settle, voice } from './testing.ts';
import type { LineSettings } from './user-agent.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function peerThere(): Promise<Peer> {
  const peer = await openPeer();
  closing.push(peer.close);
  return peer;
}

/** A line with a password, to a switchboard that answers OPTIONS as `first` says. */
async function line(more: Partial<LineSettings> = {}, first: 200 | 'challenged' = 200) {
  const time = movableTime();
  const peer = await peerThere();
  const { proxies = [], ...settings } = more;
  const opened = openCaller(time, [`sip:127.0.0.1:${peer.port}`, ...proxies], {
    credentials: { username: 'genkan', password: 'right' },
    ...settings,
  });
  closing.unshift(async () => {
    const closed = opened.agent.close();
    await settle();
    await time.move(2000);
    await closed;
  });
  const alive = await peer.next('OPTIONS');
  if (first === 200) peer.reply(alive, 200);
  else {
    peer.reply(alive, 401, { more: [asks('www', 'home', 'SHA-256')] });
    peer.reply(await peer.next('OPTIONS'), 200);
  }
  await settle();
  return { time, peer, ...opened };
}

const asks = (kind: 'proxy' | 'www', realm: string, algorithm = 'MD5') => ({
  name: `${kind}-authenticate`,
  value: `Digest realm="${realm}", nonce="${Math.random()}", algorithm=${algorithm}, qop="auth"`,
});
const proofsIn = (request: SipRequest): readonly string[] =>
  ['proxy-authorization', 'authorization'].flatMap(name => headerOf(request, name) ?? []);

/** Takes the next INVITE, and challenges it until nothing more is proven. How often was something proven, and how did it end? */
async function lure(
  { peer, call }: Pick<Awaited<ReturnType<typeof line>>, 'peer' | 'call'>,
  ...challenges: readonly ReturnType<typeof asks>[]
) {
  const before = peer.requests('INVITE').length;
  const placed = call();
  for (const challenge of challenges) {
    const invite = await peer.next('INVITE');
    peer.reply(invite, challenge.name === 'proxy-authenticate' ? 407 : 401, { more: [challenge] });
    await settle();
    if (placed.events.at(-1)?.is === 'ended') break;
  }
  if (placed.events.at(-1)?.is !== 'ended') peer.reply(await peer.next('INVITE'), 486);
  await settle();
  assert.equal(placed.events.at(-1)?.is, 'ended');
  const proven = peer.requests('INVITE').slice(before).flatMap(proofsIn);
  return { proven: proven.length, placed };
}

const detailOf = ({ events }: Awaited<ReturnType<typeof lure>>['placed']): string => {
  const last = events.at(-1);
  return last?.is === 'ended' ? last.detail : '';
};

describe('our password on a line', () => {
  test('is proven to the switchboard, and not to the phone behind it that asks in a name of its own', async () => {
    const { proven, placed } = await lure(await line(), asks('proxy', 'pbx'), asks('www', 'evil'));
    assert.equal(proven, 1);
    assert.equal(detailOf(placed), '401 Said: our password is not for the realm "evil"');
  });

  test('nor in a later call, whoever asks first there', async () => {
    const at = await line();
    await lure(at, asks('proxy', 'pbx'));
    const { proven } = await lure(at, asks('proxy', 'evil'));
    assert.equal(proven, 0);
  });

  test('nor when only the question whether it lives was ever answered with a challenge', async () => {
    const at = await line({}, 'challenged');
    assert.equal((await lure(at, asks('proxy', 'evil'))).proven, 0);
    assert.equal((await lure(at, asks('proxy', 'home', 'SHA-256'))).proven, 1);
  });

  test('goes to several realms where they are named, and to no other', async () => {
    const realms = ['edge', 'core'];
    const at = await line({ credentials: { username: 'genkan', password: 'right', realms } });
    // The second INVITE proves it to the edge, the third to both.
    const chain = [asks('proxy', 'edge'), asks('www', 'core'), asks('www', 'evil')];
    assert.equal((await lure(at, ...chain)).proven, 3);
  });

  test('is found among challenges of others', async () => {
    const at = await line({ credentials: { username: 'genkan', password: 'right', realms: ['pbx'] } });
    at.call();
    const more = [asks('proxy', 'evil'), asks('proxy', 'pbx')];
    at.peer.reply(await at.peer.next('INVITE'), 407, { more });
    const [proof = ''] = proofsIn(await at.peer.next('INVITE'));
    assert.match(proof, /realm="pbx"/);
  });

  test('is never again proven by MD5 where SHA-256 was asked for', async () => {
    const at = await line();
    assert.equal((await lure(at, asks('proxy', 'pbx', 'SHA-256'))).proven, 1);
    const { proven, placed } = await lure(at, asks('proxy', 'pbx', 'MD5'));
    assert.equal(proven, 0);
    assert.match(detailOf(placed), /MD5/);
    assert.equal((await lure(at, asks('proxy', 'pbx', 'SHA-256'))).proven, 1);
  });

  test('stays with the proxies when the phone answers from elsewhere and asks for it in the middle of a call', async () => {
    const { peer, call } = await line();
    const phone = await peerThere();
    const placed = call();
    peer.reply(await peer.next('INVITE'), 407, { more: [asks('proxy', 'pbx')] });
    const contact = { name: 'contact', value: `<sip:phone@127.0.0.1:${phone.port}>` };
    peer.reply(await peer.next('INVITE'), 200, { more: [contact], content: voice() });
    await phone.next('ACK');
    assert.equal(placed.events.at(-1)?.is, 'answered');
    placed.hangUp();
    phone.reply(await phone.next('BYE'), 407, { more: [asks('proxy', 'pbx')] });
    await settle();
    assert.equal(phone.requests('BYE').length, 1);
  });

  test('goes to another proxy of ours that stays in the way of a call', async () => {
    const other = await peerThere();
    const { peer, call } = await line({ proxies: [`sip:127.0.0.1:${other.port}`] });
    const placed = call();
    peer.reply(await peer.next('INVITE'), 407, { more: [asks('proxy', 'pbx')] });
    const more = [{ name: 'record-route', value: `<sip:127.0.0.1:${other.port};lr>` }];
    peer.reply(await peer.next('INVITE'), 200, { more, content: voice() });
    await other.next('ACK');
    placed.hangUp();
    other.reply(await other.next('BYE'), 407, { more: [asks('proxy', 'pbx')] });
    assert.equal(proofsIn(await other.next('BYE')).length, 1);
  });
});
