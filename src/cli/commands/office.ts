import type { User } from '../../directory/index.ts';
import { forgiveSends } from '../../gateways/index.ts';
import { forgiveRequests } from '../../methods/authenticator/index.ts';
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

export const officeCommands: readonly Command[] = [
  act('users reset-password', async ({ directory, hashing, actor, words }, user) => {
    const { password, encoded } = hashing.newInitial();
    const done = await directory.office.resetPassword(user.id, { encoded }, actor);
    const until = shownTime(done?.expiresAt ?? 0);
    return (
      done && {
        data: {
          user: user.id,
          loginName: user.loginName,
          temporaryPassword: password,
          expiresAt: done.expiresAt,
        },
        text: words.passwordReset({ name: user.loginName, password, until }),
      }
    );
  }),
  act('users remove-methods', async ({ directory, actor, words }, user) => {
    const n = await directory.office.removeMethods(user.id, actor);
    if (n === undefined) return undefined;
    const { loginName: name } = user;
    return {
      data: { user: user.id, removed: n },
      text: words.methodsRemoved({ name, n }),
      next: words.methodsRemovedNext({ name }),
    };
  }),
  act('users require-registration', async ({ directory, actor, words }, user) => {
    const done = await directory.office.requireRegistration(user.id, actor);
    return done && { data: { user: user.id }, text: words.registrationRequired({ name: user.loginName }) };
  }),
  act('users unlock', async ({ directory, storage, actor, words }, user) => {
    await storage.tx(async tx => {
      await forgiveSends(tx, user.id);
      await forgiveRequests(tx, user.id);
    });
    const n = await directory.office.unlock(user.id, actor);
    return n === undefined
      ? n
      : { data: { user: user.id, counters: n }, text: words.unlocked({ name: user.loginName, n }) };
  }),
  act('users revoke-sessions', async ({ directory, actor, words }, user) => {
    const n = await directory.office.revokeSessions(user.id, actor);
    return n === undefined
      ? n
      : { data: { user: user.id, sessions: n }, text: words.sessionsRevoked({ name: user.loginName, n }) };
  }),
  act('users disable', async ({ directory, actor, words }, user) => {
    const done = await directory.office.disable(user.id, actor);
    return done && { data: { user: user.id }, text: words.userDisabled({ name: user.loginName }) };
  }),
  act('users enable', async ({ directory, actor, words }, user) => {
    const done = await directory.office.enable(user.id, actor);
    return done && { data: { user: user.id }, text: words.userEnabled({ name: user.loginName }) };
  }),
];
