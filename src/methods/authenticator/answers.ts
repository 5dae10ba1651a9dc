import type { Audit } from '../../audit/index.ts';
import type { ReportFraud } from '../../gateways/index.ts';
import type { Clock } from '../../kit/clock.ts';
import { sameSecret } from '../../kit/secrets.ts';
import type { Storage } from '../../storage/index.ts';
import type { Answer, Answered } from './api.ts';
import type { Signer } from './devices.ts';
import * as enrolments from './enrolments.ts';
import * as requests from './requests.ts';

type Judged =
  | { readonly state: 'approved' | 'declined' | 'reported' | 'wrong'; readonly altered?: true }
  | { readonly state: 'not-for-this' };

/**
 * What a signed answer means for the request as the server knows it. What the device showed must be
 * what was asked: an answer to anything else approves nothing, and uses the one try up.
 */
export function judge(
  request: requests.Request,
  device: Pick<Signer, 'id' | 'user'>,
  answer: Answer,
): Judged {
  if (request.id !== answer.request || request.device !== device.id || request.user !== device.user)
    return { state: 'not-for-this' };
  const { shown } = request;
  const same =
    sameSecret(request.challenge, Buffer.from(answer.challenge, 'base64url')) &&
    request.user === answer.user &&
    shown.application === answer.application &&
    shown.address === answer.address &&
    shown.trusted === answer.trusted &&
    request.askedAt === answer.askedAt;
  switch (answer.decision) {
    // Whoever says that it was not them is believed, whatever they were shown.
    case 'report':
      return { state: 'reported' };
    case 'deny':
      return { state: 'declined' };
    case 'approve':
      if (!same) return { state: 'wrong', altered: true };
      return { state: request.number === answer.number ? 'approved' : 'wrong' };
  }
}

const outcomes = {
  approved: 'approved',
  declined: 'denied',
  reported: 'reported',
  wrong: 'wrong-number',
} as const;

/** Takes the answers of devices: one to a request, in time, and what follows from it in the same transaction. */
export function openAnswers(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  reportFraud: ReportFraud;
}) {
  const { storage, clock, audit } = deps;
  return async (
    device: Signer,
    answer: Answer,
    address: string | undefined,
  ): Promise<Answered['outcome']> => {
    const now = clock.now();
    return storage.tx(async tx => {
      const request = await requests.latest(tx, device.user);
      const judged = request ? judge(request, device, answer) : { state: 'not-for-this' as const };
      if (!request || judged.state === 'not-for-this') return 'over';
      if (!(await requests.close(tx, request, judged.state, now))) return 'over';
      const about = {
        user: device.user,
        actor: { is: 'user', id: device.user } as const,
        correlation: request.correlation,
        address,
      };
      const detail = {
        way: 'push',
        delivery: request.id,
        outcome: judged.state,
        to: device.name,
        ...(judged.altered ? { altered: true } : {}),
      };
      await audit.record(tx, { ...about, kind: 'delivery.outcome', detail });
      if (judged.state === 'reported') {
        if (request.purpose === 'registration') await enrolments.forget(tx, request.device, device.user);
        await deps.reportFraud(tx, about, request.purpose === 'sign-in' ? 'sign-in' : 'app-being-added');
      }
      return outcomes[judged.state];
    });
  };
}
