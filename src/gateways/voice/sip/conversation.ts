import {
  type Agreed,
  agree,
  answerTo,
  type Name,
  type Ours,
  offerOf,
  readSession,
  writeSession,
} from '../../../wire/sdp/index.ts';
import {
  type Header,
  headerOf,
  type SipRequest,
  type SipResponse,
  valuesOf,
} from '../../../wire/sip/index.ts';
import { type Answer, ask } from './asking.ts';
import type { ProvingTo } from './attempt.ts';
import { allowed, contactOf, replyTo } from './compose.ts';
import type { Dialog } from './dialog.ts';
import type { LegEvent } from './leg.ts';
import type { ServerTransaction } from './server-transactions.ts';
import { openSessionTimer } from './session-timer.ts';
import type { Stack } from './stack.ts';
import { patience, T1, T2, type Time } from './time.ts';
import type { Flow } from './transport.ts';

/** A call that was answered, until one of both hangs up. */
export interface Conversation {
  /** a request of the peer; an ACK has no transaction */
  take(request: SipRequest, transaction: ServerTransaction | undefined): void;
  /** the 2xx came once more: its ACK was lost */
  answeredAgain(): void;
  info(type: string, body: string): void;
  /** BYE, and nothing more is told */
  hangUp(): void;
}

export interface ConversationDeps {
  readonly stack: Stack;
  readonly time: Time;
  readonly provingTo: ProvingTo;
  readonly user: string;
  readonly dialog: Dialog;
  readonly flow: Flow;
  readonly ours: Ours;
  readonly name: Name;
  readonly inviteSequence: number;
  on(event: LegEvent): void;
}

export function openConversation(answer: SipResponse, deps: ConversationDeps): Conversation {
  const { stack, time, dialog, ours, provingTo } = deps;
  const contact = contactOf(deps.flow, stack.seen(deps.flow), deps.user);
  let over = false;
  let version = Number(deps.name.version);
  /** what we said last, for a refresh that must say the same again (RFC 4028 §7.4) */
  let said = writeSession(offerOf(ours, deps.name));
  const mayUpdate = valuesOf(answer, 'allow').some(method => method.toUpperCase() === 'UPDATE');
  let stopRepeating = (): void => undefined;
  /** our offer stands in a 200 to an INVITE without one: the answer comes in the ACK */
  let awaitsAnswer = false;

  const timer = openSessionTimer({ time, refresh, expired: () => give('the session timer ran out') });
  timer.agreed(answer);
  acknowledge(deps.inviteSequence);

  /** The call is lost: hangs up and says so. */
  function give(detail: string): void {
    if (over) return;
    hangUp();
    deps.on({ is: 'ended', because: 'hung-up', detail });
  }

  function stop(): void {
    over = true;
    timer.stop();
    stopRepeating();
  }

  function hangUp(): void {
    if (over) return;
    stop();
    void send('BYE');
  }

  async function send(
    method: string,
    more: readonly Header[] = [],
    content?: { readonly type: string; readonly body: string },
  ): Promise<Answer> {
    const flow = await dialog.flow();
    if (!flow) return { is: 'transport' };
    return ask(stack, flow, provingTo(flow.target), proof =>
      dialog.request(flow, { method, more: [...more, ...proof], ...(content ? { content } : {}) }),
    );
  }

  function acknowledge(sequence: number): void {
    void dialog.flow().then(flow => {
      if (flow) stack.sendOnce(dialog.request(flow, { method: 'ACK', sequence }), flow);
    });
  }

  /** Shows that the call lives: by UPDATE where the peer takes it, else by an INVITE that changes nothing. */
  async function refresh(): Promise<void> {
    const answered = mayUpdate ? await send('UPDATE', session()) : await invite();
    if (over) return;
    if (answered.is !== 'response') return give(`no answer to a refresh: ${answered.is}`);
    const { response } = answered;
    if (response.status === 491) time.after(2100 + Math.random() * 1900, () => void (over || refresh()));
    else if (response.status >= 300) give(`a refresh was refused: ${response.status}`);
    else timer.agreed(response);
  }

  const session = (): readonly Header[] => [
    { name: 'contact', value: contact },
    { name: 'supported', value: 'timer' },
    { name: 'session-expires', value: headerOf(answer, 'session-expires') ?? '1800;refresher=uac' },
  ];

  async function invite(): Promise<Answer> {
    const flow = await dialog.flow();
    if (!flow) return { is: 'transport' };
    const proving = provingTo(flow.target);
    let proof: readonly Header[] = [];
    for (;;) {
      const sequence = dialog.nextSequence();
      const content = { type: 'application/sdp', body: said };
      const request = dialog.request(flow, {
        method: 'INVITE',
        sequence,
        more: [...session(), ...proof],
        content,
      });
      const answered = await new Promise<Answer>(resolve =>
        stack.send(request, flow, {
          response(response) {
            if (response.status < 200) return;
            if (response.status < 300) acknowledge(sequence);
            resolve({ is: 'response', response });
          },
          failed: is => resolve({ is }),
        }),
      );
      if (answered.is !== 'response' || !proving.challenged(answered.response)) return answered;
      proof = proving.headers(request);
    }
  }

  function answerOffer(request: SipRequest, transaction: ServerTransaction): void {
    const reply = (status: number, reason: string, more: readonly Header[] = [], body?: string): void =>
      transaction.respond(
        replyTo(request, transaction.flow.target, {
          status,
          reason,
          more: [{ name: 'contact', value: contact }, { name: 'allow', value: allowed }, ...more],
          ...(body === undefined ? {} : { content: { type: 'application/sdp', body } }),
        }),
      );
    dialog.refresh(request);
    const isInvite = request.method === 'INVITE';
    if (request.body.length === 0) {
      if (isInvite) awaitsAnswer = true;
      reply(200, 'OK', timer.answer(request), isInvite ? said : undefined);
      if (isInvite) repeatUntilAcknowledged(transaction);
      return;
    }
    const read = readSession(request.body.toString());
    const name = { ...deps.name, version: String(version + 1) };
    const session = read.read ? answerTo(read.session, ours, name) : undefined;
    const agreement = read.read ? agree(read.session, ours) : undefined;
    if (!session || !agreement?.agreed) {
      reply(488, 'Not Acceptable Here');
      return;
    }
    version += 1;
    said = writeSession(session);
    reply(200, 'OK', timer.answer(request), said);
    if (isInvite) repeatUntilAcknowledged(transaction);
    changed(agreement.terms);
  }

  const changed = (terms: Agreed): void => deps.on({ is: 'changed', terms });

  /** A 2xx to INVITE is repeated until its ACK, over connections too; without one the call is over (§13.3.1.4). */
  function repeatUntilAcknowledged(transaction: ServerTransaction): void {
    stopRepeating();
    const began = time.now();
    const again = (wait: number): void => {
      stopRepeating = time.after(wait, () => {
        if (time.now() - began >= patience) return give('an answer was not acknowledged');
        transaction.again();
        again(Math.min(wait * 2, T2));
      });
    };
    again(T1);
  }

  function acknowledged(ack: SipRequest): void {
    stopRepeating();
    if (!awaitsAnswer) return;
    awaitsAnswer = false;
    const read = readSession(ack.body.toString());
    const agreement = read.read ? agree(read.session, ours) : undefined;
    if (agreement?.agreed) changed(agreement.terms);
    else give('no answer to our offer in an ACK');
  }

  return {
    take(request, transaction) {
      if (!transaction) return acknowledged(request);
      const reply = (status: number, reason: string): void =>
        transaction.respond(replyTo(request, transaction.flow.target, { status, reason }));
      if (!dialog.isNews(request)) return reply(500, 'Out Of Order');
      if (over) return reply(481, 'Call/Transaction Does Not Exist');
      const unknown = valuesOf(request, 'require').filter(
        option => !understood.includes(option.toLowerCase()),
      );
      if (unknown.length > 0) {
        const more = [{ name: 'unsupported', value: unknown.join(', ') }];
        const status = { status: 420, reason: 'Bad Extension', more };
        return transaction.respond(replyTo(request, transaction.flow.target, status));
      }
      switch (request.method) {
        case 'BYE':
          reply(200, 'OK');
          stop();
          return deps.on({ is: 'ended', because: 'hung-up', detail: 'BYE' });
        case 'INVITE':
        case 'UPDATE':
          return answerOffer(request, transaction);
        case 'INFO':
          reply(200, 'OK');
          return deps.on({
            is: 'info',
            type: headerOf(request, 'content-type') ?? '',
            body: request.body.toString(),
          });
        case 'OPTIONS':
          return reply(200, 'OK');
        case 'REFER':
          return reply(603, 'Decline');
        default:
          return reply(405, 'Method Not Allowed');
      }
    },
    answeredAgain: () => acknowledge(deps.inviteSequence),
    info: (type, body) => void send('INFO', [], { type, body }),
    hangUp,
  };
}

const understood: readonly string[] = ['timer', '100rel'];
