import {
  esm,
  idKey,
  partsOf,
  type Response,
  readReceipt,
  type ShortMessage,
  type SmeAddress,
  status,
  statusName,
} from '../../../wire/smpp/index.ts';
import type { DriverDeps } from '../../driver.ts';
import type { PhoneNumber, Reports, Taken, TextGateway } from '../../gateway.ts';
import { type Link, openLink } from './link.ts';
import type { Answered, Heard } from './pending.ts';
import { openReceipts } from './receipts.ts';
import { kindOfSource, type Patience, patienceOf, type SmppSettings } from './settings.ts';
import { openWindow } from './window.ts';

/** What the centre said to one message. */
type Submitted =
  | { readonly is: 'accepted'; readonly messageId: string }
  /** nothing went out */
  | { readonly is: 'refused'; readonly reason: string }
  /** it was written, and no answer came */
  | { readonly is: 'unknown'; readonly reason: string };

/** Texts by SMPP 3.4: bound all the time, made again when it ends. */
export function openSmpp(
  id: string,
  settings: SmppSettings,
  deps: Pick<DriverDeps, 'log'>,
  patience: Patience = patienceOf(settings),
): TextGateway {
  const { log } = deps;
  let reports: Reports | undefined;
  const receipts = openReceipts(id, (which, outcome) => reports?.text(which, outcome));
  const window = openWindow(settings, patience.throttled);
  const common = { settings, patience, log, message: hear };
  const sending = openLink({
    ...common,
    bind: settings.bind === 'transceiver' ? 'bind_transceiver' : 'bind_transmitter',
  });
  const hearing: Link | undefined =
    settings.bind === 'transceiver' ? undefined : openLink({ ...common, bind: 'bind_receiver' });
  const source = sourceOf(settings.source);
  let reference = Math.floor(Math.random() * 256);

  function hear(message: ShortMessage): void {
    const receipt = readReceipt(message);
    // A person who writes back is not heard: nobody reads it here.
    if (receipt) receipts.came(receipt, message.source.digits);
  }

  const messageFor = (to: PhoneNumber, content: Buffer, dataCoding: number, parts: number): ShortMessage => ({
    serviceType: settings.serviceType,
    source,
    destination: { ...settings.destination, digits: to.slice(1) },
    esmClass: parts > 1 ? esm.header : 0,
    protocolId: 0,
    priority: 0,
    scheduleDeliveryTime: '',
    validityPeriod: settings.validityMinutes ? relative(settings.validityMinutes) : '',
    registeredDelivery: settings.receipts ? 1 : 0,
    replaceIfPresent: 0,
    dataCoding,
    defaultMessageId: 0,
    content,
    tlvs: new Map(),
  });

  /** Writes one message once; again only after the centre said that it did not take it. */
  async function submit(message: ShortMessage, signal: AbortSignal, heard: Heard): Promise<Submitted> {
    let reason = 'no place in the window';
    for (;;) {
      if (!(await sending.bound(signal))) return { is: 'refused', reason: downBecause() };
      if (!(await window.enter(signal))) return { is: 'refused', reason };
      const connection = sending.current();
      if (!connection) {
        window.leave();
        continue;
      }
      const asked = connection.request({ command: 'submit_sm', message }, heard);
      // The place is the centre's until it answers, whoever gave up in the meantime.
      asked.then(heed);
      const answered = await orAborted(asked, signal);
      if (answered.is === 'unsent') continue;
      if (answered.is === 'unanswered') return { is: 'unknown', reason: 'not answered' };
      const submitted = judge(answered.response);
      if (submitted.is !== 'again') return submitted;
      reason = submitted.reason;
    }
  }

  /** Slower or faster first, and only then room for the next. */
  function heed(answered: Answered): void {
    const is = answered.is === 'answered' && judge(answered.response).is;
    if (is === 'accepted') window.accepted();
    if (is === 'again') window.throttled();
    window.leave();
  }

  function downBecause(): string {
    const state = sending.state();
    return state.is === 'down' ? state.because : 'not bound in time';
  }

  return {
    kind: 'text',
    id,
    listen(to) {
      reports = to;
    },
    state: sending.state,

    async send({ id: delivery, to, text }, signal): Promise<Taken> {
      reference = (reference + 1) & 0xff;
      const coded = partsOf(text, settings.alphabet, reference);
      if (!coded) return { taken: false, reason: 'the text is too long' };
      const { parts, dataCoding } = coded;
      const expected = receipts.expect({ delivery, to, parts: parts.length });
      const undelivered = (): void => reports?.text({ delivery }, 'undelivered');
      let doubtful = false;
      const heard: Heard = response => {
        const submitted = judge(response);
        if (submitted.is === 'accepted') expected.part(submitted.messageId);
        // Whoever asked has given up, and was told 'perhaps'.
        else if (doubtful) undelivered();
      };
      let named: string | undefined;
      for (const [index, content] of parts.entries()) {
        const message = messageFor(to, content, dataCoding, parts.length);
        const submitted = await submit(message, signal, heard);
        if (submitted.is === 'accepted') {
          named = submitted.messageId;
          continue;
        }
        const { reason } = submitted;
        // A text of which a part went out must not go out again from its beginning.
        if (submitted.is === 'refused' && index === 0) return { taken: false, reason };
        if (submitted.is === 'refused') undelivered();
        doubtful = true;
        return { taken: 'perhaps', reason };
      }
      // By the name of one part nobody could tell later whether the others arrived.
      return parts.length === 1 && named ? { taken: true, reference: idKey(named) } : { taken: true };
    },

    async close() {
      window.close();
      await Promise.all([sending.close(), hearing?.close()]);
    },
  };
}

/** 'again': it was not taken for now, and may be offered once more. */
type Judged = Submitted | { readonly is: 'again'; readonly reason: string };

function judge(response: Response): Judged {
  const reason = statusName(response.status);
  if (response.status === status.throttled || response.status === status.queueFull)
    return { is: 'again', reason };
  if (response.command === 'submit_sm_resp' && response.status === status.ok)
    return { is: 'accepted', messageId: response.messageId };
  return { is: 'refused', reason };
}

async function orAborted(asked: Promise<Answered>, signal: AbortSignal): Promise<Answered> {
  if (signal.aborted) return { is: 'unanswered' };
  return new Promise(resolve => {
    const giveUp = (): void => resolve({ is: 'unanswered' });
    signal.addEventListener('abort', giveUp);
    asked.then(answered => {
      signal.removeEventListener('abort', giveUp);
      resolve(answered);
    });
  });
}

const sourceOf = (source: SmppSettings['source']): SmeAddress => ({
  digits: source.address.replace(/^\+/, ''),
  ...kindOfSource(source),
});

/** A relative time (SMPP 3.4 §7.1.1): `YYMMDDhhmmss000R`. */
function relative(minutes: number): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `0000${two(minutes / 1440)}${two((minutes / 60) % 24)}${two(minutes % 60)}00000R`;
}
