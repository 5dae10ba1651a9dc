import type { Directory } from '../directory/index.ts';
import type { Delivery } from '../gateways/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Credential } from '../methods/method.ts';
import type { MethodId } from '../policies/index.ts';
import { enqueue, type Sealer, type Storage, type Tx } from '../storage/index.ts';
import { isLanguage, type Language, organisationIn, type Words, wordsFor } from '../words/index.ts';

/** What happened to someone's security info. */
export type Notice = { readonly user: UserId; readonly at: Instant } & Change;

type Change =
  | {
      readonly what: 'added' | 'assigned' | 'changed' | 'removed' | 'used' | 'preferred';
      readonly credential: Concerned;
    }
  | { readonly what: 'renamed'; readonly credential: Concerned; readonly name: string }
  /** all of them, by the office */
  | { readonly what: 'all-removed' };

type Concerned = Pick<Credential, 'method' | 'kind' | 'detail'>;

/** A change as whoever makes it tells it: when, is known here. */
export type Told = { readonly user: UserId } & Change;

/** Tells a person of a change to their security info, by a way that the change did not touch. */
export interface Notices {
  /** Written in the transaction of the change: told if, and only if, it was made. */
  tell(tx: Tx, told: Told): Promise<void>;
  /** Of the outbox. May run twice for one notice: the second mail has the same number. */
  handle(message: { readonly id: string; readonly payload: unknown }): Promise<void>;
}

export const noticeKind = 'security-info-notice';

/** Has a person told, once this transaction is committed; by whoever reads the outbox. */
export async function tellPerson(
  tx: Tx,
  { sealer, now }: { sealer: Sealer; now: Instant },
  told: Told,
): Promise<void> {
  const notice: Notice = { ...told, at: now };
  await enqueue(tx, sealer, { kind: noticeKind, payload: notice, now });
}

export function openNotices(deps: {
  storage: Storage;
  sealer: Sealer;
  clock: Clock;
  directory: Directory;
  delivery: Pick<Delivery, 'notify'>;
  /** texts this person's phones other than the one that was changed; false when there is none */
  textOtherPhone(to: {
    user: UserId;
    except: string | undefined;
    text: string;
    id: string;
    language: Language;
  }): Promise<boolean>;
  organisation(): Promise<{ name: Readonly<Record<Language, string>>; language: Language; timeZone: string }>;
}): Notices {
  return {
    tell: (tx, told) => tellPerson(tx, { sealer: deps.sealer, now: deps.clock.now() }, told),
    async handle({ id, payload }) {
      const notice = payload as Notice;
      const person = await deps.directory.users.byId(notice.user);
      if (!person) return;
      const organisation = await deps.organisation();
      const language =
        person.language && isLanguage(person.language) ? person.language : organisation.language;
      const words = wordsFor(language);
      const { registration: t } = words;
      const name = organisationIn(language, organisation.name);
      const when = new Intl.DateTimeFormat(language, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: organisation.timeZone,
      }).format(notice.at);
      if (person.mail) {
        const text = [
          t.noticeDear({ name: person.displayName }),
          sentenceOf(words, notice, when),
          t.noticeNotYou,
          name,
        ].join('\n\n');
        const mail = { to: person.mail, subject: t.noticeSubject({ organisation: name }), text };
        await deps.storage.tx(tx => deps.delivery.notify(tx, mail));
        return;
      }
      const short = t.noticeShort({ organisation: name, when });
      await deps.textOtherPhone({
        user: notice.user,
        except: 'credential' in notice ? notice.credential.kind : undefined,
        text: short,
        id,
        language,
      });
    },
  };
}

/** What has no detail of its own is called by the name of its method. */
function calledIn(words: Words, { method, detail }: Concerned): string {
  const named: Partial<Record<MethodId, string>> = {
    'temporary-access-pass': words.pass.name,
    'recovery-code': words.recovery.name,
  };
  return named[method] ?? (method === 'hardware-token' ? `${words.token.name} ${detail}` : detail);
}

function sentenceOf(words: Words, notice: Notice, when: string): string {
  const { registration: t } = words;
  if (notice.what === 'all-removed') return t.noticeAllRemoved({ when });
  const detail = calledIn(words, notice.credential);
  switch (notice.what) {
    case 'added':
      return t.noticeAdded({ detail, when });
    case 'assigned':
      return t.noticeAssigned({ detail, when });
    case 'changed':
      return t.noticeChanged({ detail, when });
    case 'removed':
      return t.noticeRemoved({ detail, when });
    case 'used':
      return t.noticeUsed({ detail, when });
    case 'preferred':
      return t.noticePreferred({ detail, when });
    case 'renamed':
      return t.noticeRenamed({ detail, when, name: notice.name });
  }
}
