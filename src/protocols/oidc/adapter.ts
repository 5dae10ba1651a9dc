import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../../kit/clock.ts';
import { seconds } from '../../kit/clock.ts';
import { isPassing, type Storage } from '../../storage/index.ts';
import { type FindApplication, metadataOf } from './application.ts';
import { type Found, findRow, findSessionByUid, findToken, keyOf, patiently, type Row } from './rows.ts';
import { currentUnit, type Unit } from './unit.ts';

/** What somebody presents: oidc-provider asks for its grant and its session next. */
const presented: ReadonlySet<string> = new Set(['AccessToken', 'RefreshToken', 'AuthorizationCode']);

/** oidc-provider's window on the database. It writes into the unit of the request; see unit.ts. */
export function openAdapter(deps: {
  storage: Storage;
  clock: Clock;
  applications: FindApplication;
}): AdapterFactory {
  const { clock, storage } = deps;
  return model => (model === 'Client' ? applicationsOnly(deps.applications) : rows(model));

  function rows(model: string): Adapter {
    return {
      async find(id) {
        const unit = currentUnit();
        const key = keyOf(model, id);
        const pending = unit.kept.get(key);
        if (pending) return { ...pending.payload, jti: id };
        if (unit.gone.has(key)) return undefined;
        const found = await noting(unit, lookUp(unit, model, key));
        return found?.model === model ? payloadOf(found, id) : undefined;
      },
      async findByUid(uid) {
        const unit = currentUnit();
        if (unit.sessionsSeen.has(uid)) return unit.sessionsSeen.get(uid);
        return (
          await noting(
            unit,
            patiently(storage, db => findSessionByUid(db, uid)),
          )
        )?.payload;
      },
      async findByUserCode() {
        return undefined;
      },
      async upsert(id, payload, expiresIn) {
        const unit = currentUnit();
        const row = rowOf(model, id, payload, clock.now() + seconds(expiresIn ?? 0), unit.known?.ref);
        unit.kept.set(row.key, row);
        unit.gone.delete(row.key);
      },
      async consume(id) {
        const unit = currentUnit();
        const key = keyOf(model, id);
        unit.spent.add(key);
        const grantId = (await unit.seen.get(key))?.payload.grantId;
        if (grantId) unit.grantsAtStake.add(keyOf('Grant', grantId));
      },
      async destroy(id) {
        const unit = currentUnit();
        const key = keyOf(model, id);
        unit.kept.delete(key);
        unit.gone.add(key);
      },
      async revokeByGrantId(grantId) {
        currentUnit().grantsGone.add(keyOf('Grant', grantId));
      },
    };
  }

  function lookUp(unit: Unit, model: string, key: string): Promise<Found | undefined> {
    const known = unit.seen.get(key);
    if (known) return known;
    const looked = presented.has(model) ? lookUpToken(unit, key) : patiently(storage, db => findRow(db, key));
    unit.seen.set(key, looked);
    return looked;
  }

  async function lookUpToken(unit: Unit, key: string): Promise<Found | undefined> {
    const token = await patiently(storage, db => findToken(db, key));
    const { grantId, sessionUid } = token?.payload ?? {};
    if (grantId !== undefined)
      unit.seen.set(
        keyOf('Grant', grantId),
        Promise.resolve(token?.grant && { model: 'Grant', payload: token.grant, consumedAt: undefined }),
      );
    if (sessionUid !== undefined) unit.sessionsSeen.set(sessionUid, token?.session);
    return token;
  }
}

/** oidc-provider turns every failure into a `server_error`; the middleware must know which were the database's. */
async function noting<T>(unit: Unit, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isPassing(error)) unit.failure = error;
    throw error;
  }
}

function rowOf(
  model: string,
  id: string,
  payload: AdapterPayload,
  expiresAt: number,
  sessionRef: string | undefined,
): Row {
  const key = keyOf(model, id);
  const isSession = model === 'Session';
  return {
    key,
    model,
    payload: stripped(payload),
    userId: payload.accountId,
    grantKey:
      model === 'Grant' ? key : payload.grantId === undefined ? undefined : keyOf('Grant', payload.grantId),
    uid: isSession ? payload.uid : payload.expiresWithSession === true ? payload.sessionUid : undefined,
    sessionRef: isSession ? sessionRef : undefined,
    expiresAt,
  };
}

/** What the holder carries does not lie in the database: the token's id, and the cookie of a session. */
function stripped({ jti: _, ...payload }: AdapterPayload): AdapterPayload {
  if (!payload.session?.cookie) return payload;
  const { cookie: __, ...session } = payload.session;
  return { ...payload, session };
}

const payloadOf = (found: Found, id: string): AdapterPayload => ({
  ...found.payload,
  jti: id,
  ...(found.consumedAt === undefined ? {} : { consumed: Math.floor(found.consumedAt / 1000) }),
});

/** Applications are registered by the office and never by this protocol. */
function applicationsOnly(find: FindApplication): Adapter {
  const readOnly = async (): Promise<never> => {
    throw new Error('Applications are registered in the directory.');
  };
  return {
    async find(id) {
      const application = await find(id);
      return application && metadataOf(application);
    },
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
    findByUid: readOnly,
    findByUserCode: readOnly,
  };
}
