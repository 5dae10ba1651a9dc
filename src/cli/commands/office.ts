import type { User } from '../../directory/index.ts';
import { forgiveSends, liftNumberReports, liftPause, type Pause } from '../../gateways/index.ts';
import { forgiveRequests } from '../../methods/authenticator/index.ts';
import { tellPerson } from '../../registration/index.ts';
import type { Tx } from '../../storage/index.ts';
import { type Command, type CommandContext, command, type Output } from '../command.ts';
import { findUser } from '../finding.ts';
import { shownTime } from '../time.ts';

/** An act on one person: found first, done in one transaction, told in a sentence. */
const act = (
  path: string,
  run: (context: CommandContext, user: User) => Promise<Output | undefined>,
): Command =>
  command({
    path,
    arguments: ['<user>'],
    async run(context, _, name = '') {
      const user = await findUser(context, name);
      const output = await run(context, user);
      // Somebody deleted the person between the two: then it is as if they had not been found.
      return output ?? { data: await findUser(context, user.id) };
    },
  });

const tellAllRemoved =
  ({ storage, clock }: CommandContext, { id }: User) =>
  (tx: Tx): Promise<void> =>
    tellPerson(tx, { sealer: storage.sealer, now: clock.now() }, { user: id, what: 'all-removed' });

export const officeCommands: readonly Command[] = [
  act('users reset-password', async ({ directory, hashing, actor, words, timeZone }, user) => {
    const { password, encoded } = hashing.newInitial();
    const done = await directory.office.resetPassword(user.id, { encoded }, actor);
    const until = shownTime({ timeZone }, done?.expiresAt ?? 0);
    return (
      done && {
        data: {
          user: user.id,
          loginName: user.loginName,
          temporaryPassword: password,
          expiresAt: done.expiresAt,
        },
        text: words.users.passwordReset({ name: user.loginName, password, until }),
      }
    );
  }),
  act('users remove-methods', async (context, user) => {
    const { directory, actor, words } = context;
    const n = await directory.office.removeMethods(user.id, actor, tellAllRemoved(context, user));
    if (n === undefined) return undefined;
    const { loginName: name } = user;
    return {
      data: { user: user.id, removed: n },
      text: words.users.methodsRemoved({ name, n }),
      next: words.users.methodsRemovedNext({ name }),
    };
  }),
  act('users require-registration', async (context, user) => {
    const { directory, actor, words } = context;
    const n = await directory.office.requireRegistration(user.id, actor, tellAllRemoved(context, user));
    if (n === undefined) return undefined;
    const { loginName: name } = user;
    return {
      data: { user: user.id, removed: n },
      text: words.users.registrationRequired({ name, n }),
    };
  }),
  act('users unlock', async ({ directory, audit, clock, actor, words, timeZone }, user) => {
    const { id, loginName: name } = user;
    let lifted: Pause | undefined;
    let numbers = 0;
    const n = await directory.office.unlock(id, actor, async tx => {
      await forgiveSends(tx, id);
      await forgiveRequests(tx, id);
      lifted = await liftPause(tx, { audit, user: id, actor, now: clock.now() });
      numbers = await liftNumberReports(tx, { audit, user: id, actor, now: clock.now() });
    });
    if (n === undefined) return n;
    const said = [
      ...(n > 0 || (!lifted && numbers === 0) ? [words.users.unlocked({ name, n })] : []),
      ...(lifted ? [words.users.pauseLifted({ since: shownTime({ timeZone }, lifted.since) })] : []),
      ...(numbers > 0 ? [words.users.numbersLifted({ n: numbers })] : []),
    ];
    return {
      data: { user: id, counters: n, numbersLifted: numbers, ...(lifted ? { pauseLifted: lifted } : {}) },
      text: said.join('\n'),
      ...(lifted ? { next: words.users.pauseLiftedNext({ name }) } : {}),
    };
  }),
  act('users revoke-sessions', async ({ directory, actor, words }, user) => {
    const n = await directory.office.revokeSessions(user.id, actor);
    return n === undefined
      ? n
      : {
          data: { user: user.id, sessions: n },
          text: words.users.sessionsRevoked({ name: user.loginName, n }),
        };
  }),
  act('users disable', async ({ directory, actor, words }, user) => {
    const done = await directory.office.disable(user.id, actor);
    return done && { data: { user: user.id }, text: words.users.disabled({ name: user.loginName }) };
  }),
  act('users enable', async ({ directory, actor, words }, user) => {
    const done = await directory.office.enable(user.id, actor);
    return done && { data: { user: user.id }, text: words.users.enabled({ name: user.loginName }) };
  }),
];
