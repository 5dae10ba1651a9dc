import type { Answer, Answered } from '../../src/methods/authenticator/api.ts';
import type { Account } from './account/keep.ts';
import type { Request } from './phone.ts';
import { say } from './server/talk.ts';

/** How a request ended, by the words for it; `unsent` when it may be tried again. */
export type Ending = Answered['outcome'] | 'expired' | 'removed' | 'failed' | 'unsent';

/** Signs what was shown together with what was decided, and sends it. */
export async function answerRequest(
  account: Account,
  request: Request,
  decision: Answer['decision'],
  number = '',
): Promise<Ending> {
  const { application, place, user, challenge, askedAt } = request;
  const told = await say(account, 'answer', {
    ...{ request: request.request, challenge, user, application, askedAt, decision, number },
    address: place.address,
    trusted: place.trusted,
  });
  if (told.ok) return told.value.outcome;
  if (told.why === 'unreachable' || told.why === 'busy') return 'unsent';
  return told.why === 'unknown-device' ? 'removed' : 'failed';
}

/** `７ ３` is 73; anything but two digits is nothing. */
export function readNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{2}$/.test(digits) ? digits : undefined;
}
