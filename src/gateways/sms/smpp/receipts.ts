import {
  type IdForm,
  idForms,
  idKey,
  keyOfReceipt,
  type MessageState,
  type Receipt,
} from '../../../wire/smpp/index.ts';
import type { PhoneNumber, TextOutcome, Which } from '../../gateway.ts';

/** A text whose parts the centre takes, one after the other. */
export interface Expected {
  /** The centre took a part and named it. */
  part(messageId: string): void;
}

/** Finds out which text a receipt is about: centres write its id in one way and then in another. */
export interface Receipts {
  expect(text: { readonly delivery: string; readonly to: PhoneNumber; readonly parts: number }): Expected;
  /** `from` is the number that the text went to, as the centre writes it. */
  came(receipt: Receipt, from: string): void;
}

interface Text {
  readonly delivery: string;
  readonly tail: string;
  readonly parts: number;
  /** what became of each part, by its key */
  readonly outcomes: Map<string, TextOutcome>;
}

const mostRemembered = 20_000;
const mostEarly = 1_000;

/**
 * Remembers what this process sent. A receipt for anything else is told by the centre's own id, in the form in which the
 * ids of this centre were found to relate.
 */
export function openReceipts(
  gateway: string,
  report: (which: Which, outcome: TextOutcome) => void,
): Receipts {
  const texts = new Map<string, Text>();
  /** receipts that came before the answer that names their text */
  const early = new Map<string, { readonly receipt: Receipt; readonly from: string }>();
  let known: IdForm | undefined;

  function find(receipt: Receipt, from: string): { key: string; text: Text } | undefined {
    const sure = known ?? 'same';
    for (const form of [sure, ...idForms.filter(other => other !== sure)]) {
      const key = keyOfReceipt(receipt.messageId, form);
      const text = key === undefined ? undefined : texts.get(key);
      if (key === undefined || !text) continue;
      // Another form may be the number of another text by chance; then it went to another phone.
      if (form !== sure && tailOf(from) !== text.tail) continue;
      known = form;
      return { key, text };
    }
    return undefined;
  }

  function settle(text: Text, key: string, outcome: TextOutcome): void {
    text.outcomes.set(key, outcome);
    const all = [...text.outcomes.values()];
    if (all.includes('undelivered')) report({ delivery: text.delivery }, 'undelivered');
    else if (all.length < text.parts || all.includes('accepted')) return;
    else report({ delivery: text.delivery }, all.includes('unknown') ? 'unknown' : 'delivered');
  }

  function came(receipt: Receipt, from: string): void {
    const outcome = outcomeOf[receipt.state];
    const found = find(receipt, from);
    if (found) {
      settle(found.text, found.key, outcome);
      return;
    }
    early.set(idKey(receipt.messageId), { receipt, from });
    forgetOldest(early, mostEarly);
    const reference = keyOfReceipt(receipt.messageId, known ?? 'same') ?? idKey(receipt.messageId);
    report({ gateway, reference }, outcome);
  }

  return {
    expect({ delivery, to, parts }) {
      const text: Text = { delivery, tail: tailOf(to), parts, outcomes: new Map() };
      return {
        part(messageId) {
          if (messageId === '') return;
          texts.set(idKey(messageId), text);
          forgetOldest(texts, mostRemembered);
          for (const [key, { receipt, from }] of early) {
            if (find(receipt, from)?.text !== text) continue;
            early.delete(key);
            came(receipt, from);
          }
        },
      };
    },
    came,
  };
}

const outcomeOf: Readonly<Record<MessageState, TextOutcome>> = {
  enroute: 'accepted',
  accepted: 'accepted',
  delivered: 'delivered',
  expired: 'undelivered',
  deleted: 'undelivered',
  undeliverable: 'undelivered',
  rejected: 'undelivered',
  unknown: 'unknown',
};

/** National or international, the end is the same. */
const tailOf = (number: string): string => number.replace(/\D/g, '').slice(-7);

function forgetOldest(of: Map<string, unknown>, most: number): void {
  for (const key of of.keys()) {
    if (of.size <= most) return;
    of.delete(key);
  }
}
