import type { UserId } from '../../kit/ids.ts';
import type { Db } from '../../storage/index.ts';
import { objectOf, ownerOf } from './accounts.ts';
import type { ProofDoor } from './door.ts';
import type { Refusal } from './refusal.ts';
import type { Kept } from './requests.ts';

export type Matched =
  | { readonly matched: true; readonly user: UserId }
  | { readonly matched: false; readonly refusal: Refusal };

const none = (refusal: Refusal): Matched => ({ matched: false, refusal });

/**
 * Whose account it is: whoever was bound to it, else whoever has its name. A name may be given to another
 * person one day, so it is believed until the first proof and never again.
 */
export async function match(
  db: Db,
  door: Pick<ProofDoor, 'person'>,
  { tenant, object, name }: Pick<Kept, 'tenant' | 'object' | 'name'>,
): Promise<Matched> {
  const owner = await ownerOf(db, { tenant, object });
  if (owner) {
    const person = await door.person({ id: owner });
    return person?.enabled ? { matched: true, user: owner } : none('user-disabled');
  }
  const person = name ? await door.person({ loginName: name }) : undefined;
  if (!person) return none('unknown-user');
  if ((await objectOf(db, tenant, person.id)) !== undefined) return none('bound-to-another');
  return person.enabled ? { matched: true, user: person.id } : none('user-disabled');
}
