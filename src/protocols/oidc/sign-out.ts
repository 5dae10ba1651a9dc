import { CompiledQuery } from 'kysely';
import type { AdapterPayload } from 'oidc-provider';
import type { Instant } from '../../kit/clock.ts';
import type { ApplicationId, UserId } from '../../kit/ids.ts';
import type { Storage, Tx } from '../../storage/index.ts';
import type { FindApplication } from './application.ts';

/** Tells one application that a person is gone (OpenID Connect Back-Channel Logout 1.0). Plain JSON. */
export interface LogoutNotice {
  readonly application: ApplicationId;
  readonly user: UserId;
  readonly sid: string;
}

export interface SignOut {
  /**
   * Ends one session, and tells its applications. Its codes and tokens say nothing any more, because no
   * session vouches for them; those for the time after (`offline_access`) go on.
   */
  session(tx: Tx, which: { readonly uid: string } | { readonly ref: string }): Promise<void>;
  /** Ends everything that a person gave to applications before an instant, and tells them. */
  everywhere(tx: Tx, user: UserId, before: Instant): Promise<void>;
}

export function openSignOut(deps: {
  storage: Storage;
  applications: FindApplication;
  notify(tx: Tx, notice: LogoutNotice): Promise<void>;
}): SignOut {
  async function tell(tx: Tx, sessions: readonly AdapterPayload[]): Promise<void> {
    for (const { accountId, authorizations } of sessions)
      for (const [id, { sid }] of Object.entries(authorizations ?? {})) {
        const application = await deps.applications(id);
        if (!accountId || !sid || !application?.backchannelLogoutUri) continue;
        await deps.notify(tx, { application: application.id, user: accountId as UserId, sid });
      }
  }
  const run = async (
    tx: Tx,
    text: string,
    parameters: readonly unknown[],
  ): Promise<readonly AdapterPayload[]> => {
    const { rows } = await tx.executeQuery<{ payload: AdapterPayload }>(
      CompiledQuery.raw(text, [...parameters]),
    );
    return rows.map(row => row.payload);
  };

  return {
    async session(tx, which) {
      const [column, value] = 'uid' in which ? ['uid', which.uid] : ['session_ref', which.ref];
      const ended = await run(
        tx,
        `delete from oidc_payloads where model = 'Session' and ${column} = $1 returning payload`,
        [value],
      );
      await tell(tx, ended);
    },
    async everywhere(tx, user, before) {
      const ended = await run(
        tx,
        'delete from oidc_payloads where user_id = $1 and created_at < $2 returning payload',
        [user, before],
      );
      await tell(
        tx,
        ended.filter(payload => payload.kind === 'Session'),
      );
    },
  };
}
