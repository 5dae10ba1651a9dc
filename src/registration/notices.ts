import type { Organisation } from '../http/pages.ts';
import { newId, type UserId } from '../kit/ids.ts';
import type { Credential } from '../methods/method.ts';
import { enqueue, type Tx } from '../storage/index.ts';
import { chooseLanguage, wordsFor } from '../words/index.ts';

/** Tells a person of a change to their security info by another way than the one that changed. */
export interface Notices {
  tell(
    tx: Tx,
    notice: { user: UserId; what: 'added' | 'changed' | 'removed'; credential: Pick<Credential, 'method' | 'kind' | 'detail'> },
  ): Promise<void>;
}
