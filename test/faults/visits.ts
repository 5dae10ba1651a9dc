import { createHash, randomBytes } from 'node:crypto';
import { wordsFor } from '../../src/words/index.ts';
import type { Visitor } from '../cast/visitor.ts';
import type { History } from './history.ts';
import type { Installation } from './installation.ts';
import { officially } from './officially.ts';
import { aPerson, type Person } from './person.ts';
import { GaveUp, has, insist, isLost, look, patience, press, walk } from './walk.ts';

/** What people do all day, while servers die around them. Each writes down what it was promised. */
export type Visit = (installation: Installation, history: History) => Promise<void>;

const words = wordsFor('ja');
const added = words.registration.phoneAdded;
const sessionOf = (visitor: Visitor): string | undefined => visitor.cookies.get('genkan-session');

/** A page of one's own: whoever sees it is in. */
function assertIn(visitor: Visitor, who: Person): void {
  if (visitor.page.status !== 200)
    throw new Error(`${who.loginName} is not in: ${visitor.page.text.slice(0, 200)}`);
}

export const byText: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  await walk({ installation, visitor, who, from: '/account' });
  assertIn(visitor, who);
  history.signedIn(who, sessionOf(visitor));
};

/** Presses twice, in two windows: one code opens one sign-in once. */
export const byTextTwice: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  await walk({
    installation,
    visitor,
    who,
    from: '/account',
    async answer(at, code) {
      const second = at.copy();
      second.page = at.page;
      const came = await Promise.all([at, second].map(window => press(window, '/answer', { code })));
      return came.includes('lost') ? 'lost' : 'answered';
    },
  });
  assertIn(visitor, who);
  history.signedIn(who, sessionOf(visitor));
};

/** Types the code of an app, and somebody who looked over the shoulder types it too. */
export const byApp: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'app');
  const [owner, thief] = [installation.visitor(), installation.visitor()];
  await walk({
    installation,
    visitor: owner,
    who,
    from: '/account',
    answer(at, code) {
      history.typed(who, code);
      return press(at, '/answer', { code });
    },
  });
  assertIn(owner, who);
  history.signedIn(who, sessionOf(owner));
  const [code] = history.codesOf(who);
  let tried = false;
  await walk({
    installation,
    visitor: thief,
    who,
    from: '/account',
    async answer(at) {
      if (tried || code === undefined) throw new GaveUp();
      tried = true;
      return press(at, '/answer', { code });
    },
  }).catch(error => {
    if (!(error instanceof GaveUp)) throw error;
  });
  if (!has(thief, '/answer') && sessionOf(thief))
    history.broken(`${who.loginName}: a code of an app opened twice`);
};

/** Registers a phone on the way in. */
export const registers: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'nothing');
  const visitor = installation.visitor();
  await walk({
    installation,
    visitor,
    who,
    from: '/account',
    seen: at => {
      if (at.page.text.includes(added)) history.has(who, 'phone');
    },
  });
  assertIn(visitor, who);
  history.has(who, 'phone');
  history.signedIn(who, sessionOf(visitor));
};

/** Deletes the phone and adds it anew, as the manual teaches. */
export const changesPhone: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  const info = '/account/security-info';
  const remove = `${info}/remove?method=phone&credential=mobile`;
  await walk({ installation, visitor, who, from: remove });
  history.signedIn(who, sessionOf(visitor));
  if (
    has(visitor, '/remove') &&
    (await press(visitor, '/remove')) === 'answered' &&
    visitor.page.url.includes('said=removed')
  )
    history.has(who, 'nothing');
  await look(visitor, info);
  await walk({
    installation,
    visitor,
    who,
    from: `${info}/add`,
    seen: at => {
      if (at.page.text.includes(added)) history.has(who, 'phone');
    },
    answer(at, code) {
      // From here on it may be added, whether anybody hears of it or not.
      history.mayHave(who);
      return press(at, '/answer', { code });
    },
  });
  await look(visitor, info);
  if (visitor.page.url.endsWith(info))
    history.has(who, visitor.page.text.includes(`XX${who.phone.slice(-2)}`) ? 'phone' : 'nothing');
};

/** The office ends all sessions of somebody who is in. */
export const isRevoked: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  await walk({ installation, visitor, who, from: '/account' });
  assertIn(visitor, who);
  await officially(() =>
    installation.foundation.directory.office.revokeSessions(who.id, { is: 'office', name: 'test' }),
  );
  history.revoked(who);
  await look(visitor, '/account');
  if (!has(visitor, '/identify')) history.broken(`${who.loginName} is in after the office ended it`);
};

/** Signs in to an application, which then goes on with refresh tokens; a code and a token is tried twice. */
export const entersApplication: Visit = async (installation, history) => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  const { application, url } = installation;
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: application.id,
    redirect_uri: application.redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  await walk({ installation, visitor, who, from: `/oidc/auth?${query}` });
  const code = new URL(visitor.page.url).searchParams.get('code');
  if (!code) throw new Error(`no code: ${visitor.page.url} ${visitor.page.text.slice(0, 200)}`);
  history.signedIn(who, sessionOf(visitor));

  const ask = async (body: Record<string, string>): Promise<string | 'refused'> => {
    for (const end = performance.now() + patience; performance.now() < end; ) {
      const response = await insist(() =>
        fetch(`${url}/oidc/token`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${application.id}:${application.secret}`).toString('base64')}`,
          },
          body: new URLSearchParams(body),
        }),
      );
      const text = await response.text().catch((error: unknown) => {
        if (isLost(error)) return undefined;
        throw error;
      });
      if (response.status === 503 || text === undefined) continue;
      const answer = JSON.parse(text) as { refresh_token?: string };
      if (answer.refresh_token) {
        history.spent(Object.values(body).join(' '));
        return answer.refresh_token;
      }
      if (response.status !== 400) throw new Error(`${response.status}: ${text}`);
      return 'refused';
    }
    throw new Error('nobody answers the application');
  };
  const forCode = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: application.redirectUri,
    code_verifier: verifier,
  };
  let token = await ask(forCode);
  for (let n = 0; n < 3 && token !== 'refused'; n++) {
    const used = { grant_type: 'refresh_token', refresh_token: token };
    token = await ask(used);
    if (n === 2) await ask(used);
  }
  await ask(forCode);
};

export const visits: readonly Visit[] = [
  byText,
  byTextTwice,
  byApp,
  registers,
  changesPhone,
  isRevoked,
  entersApplication,
  entersApplication,
];
