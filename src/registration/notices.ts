import type { Directory } from '../directory/index.ts';
import type { Delivery } from '../gateways/index.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Credential } from '../methods/method.ts';
import type { MethodId } from '../policies/index.ts';
import { enqueue, type Sealer, type Storage, type Tx } from '../storage/index.ts';
import { isLanguage, type Language, wordsFor } from '../words/index.ts';

/** What happened to someone's security info. */
export interface Notice {
  readonly user: UserId;
  readonly what: 'added' | 'assigned' | 'changed' | 'removed' | 'used';
  /** what has no detail is called by the name of its method */
  readonly credential: Pick<Credential, 'method' | 'kind' | 'detail'>;
  readonly at: Instant;
}

/** Tells a person of a change to their security info, by a way that the change did not touch. */
export interface Notices {
  /** Written in the transaction of the change: told if, and only if, it was made. */
  tell(tx: Tx, notice: Omit<Notice, 'at'>): Promise<void>;
  /** Of the outbox. May run twice for one notice: the second mail has the same number. */
  handle(message: { readonly id: string; readonly payload: unknown }): Promise<void>;
}

export const noticeKind = 'security-info-notice';

/** Has a person told, once this transaction is committed; by whoever reads the outbox. */
export async function tellPerson(
  tx: Tx,
  { sealer, now }: { sealer: Sealer; now: Instant },
  notice: Omit<Notice, 'at'>,
): Promise<void> {
  await enqueue(tx, sealer, { kind: noticeKind, payload: { ...notice, at: now }, now });
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
    tell: (tx, notice) => tellPerson(tx, { sealer: deps.sealer, now: deps.clock.now() }, notice),
    async handle({ id, payload }) {
      const notice = payload as Notice;
      const person = await deps.directory.users.byId(notice.user);
      if (!person) return;
      const organisation = await deps.organisation();
      const language =
        person.language && isLanguage(person.language) ? person.language : organisation.language;
      const { registration: t, ...words } = wordsFor(language);
      const named: Partial<Record<MethodId, string>> = {
        'temporary-access-pass': words.pass.name,
        'recovery-code': words.recovery.name,
      };
      const { method, detail: own } = notice.credential;
      const detail = named[method] ?? (method === 'hardware-token' ? `${words.token.name} ${own}` : own);
      const name = organisation.name[language];
      const sentence = {
        added: t.noticeAdded,
        assigned: t.noticeAssigned,
        changed: t.noticeChanged,
        removed: t.noticeRemoved,
        used: t.noticeUsed,
      }[notice.what];
      const when = new Intl.DateTimeFormat(language, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: organisation.timeZone,
      }).format(notice.at);
      if (person.mail) {
        const text = [
          t.noticeDear({ name: person.displayName }),
          sentence({ detail, when }),
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
        except: notice.credential.kind,
        text: short,
        id,
        language,
      });
    },
  };
}
