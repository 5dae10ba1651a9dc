import { readPart } from './parts.ts';
import { codings, esm, type ShortMessage, tags } from './pdu.ts';

/** message_state (SMPP 3.4 §5.2.28). */
export type MessageState =
  | 'enroute'
  | 'delivered'
  | 'expired'
  | 'deleted'
  | 'undeliverable'
  | 'accepted'
  | 'unknown'
  | 'rejected';

export interface Receipt {
  readonly messageId: string;
  readonly state: MessageState;
  /** the network's reason, as the centre writes it */
  readonly error?: string;
}

const byNumber = new Map<number, MessageState>([
  [1, 'enroute'],
  [2, 'delivered'],
  [3, 'expired'],
  [4, 'deleted'],
  [5, 'undeliverable'],
  [6, 'accepted'],
  [7, 'unknown'],
  [8, 'rejected'],
]);

/** The words of appendix B, by their first five letters: centres shorten them in more ways than one. */
const byWord = new Map<string, MessageState>([
  ['ENROU', 'enroute'],
  ['DELIV', 'delivered'],
  ['EXPIR', 'expired'],
  ['DELET', 'deleted'],
  ['UNDEL', 'undeliverable'],
  ['ACCEP', 'accepted'],
  ['UNKNO', 'unknown'],
  ['REJEC', 'rejected'],
]);

/**
 * What a message says of one that was sent: by TLVs (receipted_message_id, message_state), else by its text (appendix B).
 * Nothing when it is no receipt: a text of a person that looks like one is a text.
 */
export function readReceipt(message: ShortMessage): Receipt | undefined {
  const receipted = message.tlvs.get(tags.receiptedMessageId);
  const type = message.esmClass & esm.typeMask;
  if (type !== esm.receipt && type !== esm.intermediate && !receipted) return undefined;
  const text = textOf(message);
  const messageId = receipted ? cText(receipted) : /\bid:\s*([^\s\0]{1,65})/i.exec(text)?.[1];
  if (messageId === undefined || messageId === '') return undefined;
  const number = message.tlvs.get(tags.messageState)?.[0];
  const word = /\bstat:\s*([a-z]{5})/i.exec(text)?.[1]?.toUpperCase();
  const state = byNumber.get(number ?? -1) ?? byWord.get(word ?? '') ?? 'unknown';
  const error = /\berr:\s*([^\s\0]{1,10})/i.exec(text)?.[1];
  return { messageId, state, ...(error === undefined ? {} : { error }) };
}

const cText = (octets: Buffer): string => octets.toString('latin1').split('\0')[0]?.trim() ?? '';

/** What a person wrote follows `text:`, and is not ours to read. */
function textOf(message: ShortMessage): string {
  const content = message.content.length > 0 ? message.content : message.tlvs.get(tags.messagePayload);
  const coding = message.dataCoding === codings.ucs2 ? codings.ucs2 : codings.latin1;
  const { text } = readPart(content ?? Buffer.alloc(0), coding, (message.esmClass & esm.header) !== 0);
  return text.slice(0, 1000).split(/\btext:/i)[0] ?? '';
}

/** How the id of a receipt relates to the one that submit_sm_resp gave: the same, or the same number written otherwise. */
export const idForms = ['same', 'decimal-for-hexadecimal', 'hexadecimal-for-decimal'] as const;
export type IdForm = (typeof idForms)[number];

/** Two ids of one spelling have the same key. */
export const idKey = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '');

/** The key that submit_sm_resp's id has, if the receipt's id is of this form. */
export function keyOfReceipt(id: string, form: IdForm): string | undefined {
  const key = idKey(id);
  switch (form) {
    case 'same':
      return key;
    case 'decimal-for-hexadecimal':
      return /^\d{1,65}$/.test(key) ? BigInt(key).toString(16) : undefined;
    case 'hexadecimal-for-decimal':
      return /^[\da-f]{1,65}$/.test(key) ? BigInt(`0x${key}`).toString() : undefined;
  }
}
