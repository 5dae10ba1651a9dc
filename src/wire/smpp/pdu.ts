import type { Tlvs } from './octets.ts';

export type BindCommand = 'bind_transmitter' | 'bind_receiver' | 'bind_transceiver';

/** A telephone number, or a name, as the network writes it: type of number, numbering plan, digits (§5.2.5, §5.2.6). */
export interface SmeAddress {
  readonly ton: number;
  readonly npi: number;
  readonly digits: string;
}

/** The body of submit_sm (§4.4.1) and deliver_sm (§4.6.1); data_sm (§4.7.1) has a part of it. */
export interface ShortMessage {
  readonly serviceType: string;
  readonly source: SmeAddress;
  readonly destination: SmeAddress;
  readonly esmClass: number;
  readonly protocolId: number;
  readonly priority: number;
  readonly scheduleDeliveryTime: string;
  readonly validityPeriod: string;
  readonly registeredDelivery: number;
  readonly replaceIfPresent: number;
  readonly dataCoding: number;
  readonly defaultMessageId: number;
  /** the text as it is coded, user data header included */
  readonly content: Buffer;
  readonly tlvs: Tlvs;
}

export type Request =
  | {
      readonly command: BindCommand;
      readonly systemId: string;
      readonly password: string;
      readonly systemType: string;
      readonly interfaceVersion: number;
      readonly addressRange: SmeAddress;
    }
  | { readonly command: 'submit_sm' | 'deliver_sm' | 'data_sm'; readonly message: ShortMessage }
  | { readonly command: 'enquire_link' | 'unbind' };

export type Response =
  | { readonly command: `${BindCommand}_resp`; readonly status: number; readonly systemId: string }
  | {
      readonly command: 'submit_sm_resp' | 'deliver_sm_resp' | 'data_sm_resp';
      readonly status: number;
      readonly messageId: string;
    }
  | {
      readonly command: 'enquire_link_resp' | 'unbind_resp' | 'generic_nack';
      readonly status: number;
    };

export type Pdu = { readonly sequence: number } & (
  | Request
  | Response
  | { readonly command: 'alert_notification' }
);

export const headLength = 16;

/** §5.1.2.1. The answer's number is the question's with the highest bit. */
const numbers: readonly (readonly [number, Pdu['command']])[] = [
  [0x00000001, 'bind_receiver'],
  [0x00000002, 'bind_transmitter'],
  [0x00000004, 'submit_sm'],
  [0x00000005, 'deliver_sm'],
  [0x00000006, 'unbind'],
  [0x00000009, 'bind_transceiver'],
  [0x00000015, 'enquire_link'],
  [0x00000102, 'alert_notification'],
  [0x00000103, 'data_sm'],
  [0x80000000, 'generic_nack'],
  [0x80000001, 'bind_receiver_resp'],
  [0x80000002, 'bind_transmitter_resp'],
  [0x80000004, 'submit_sm_resp'],
  [0x80000005, 'deliver_sm_resp'],
  [0x80000006, 'unbind_resp'],
  [0x80000009, 'bind_transceiver_resp'],
  [0x80000015, 'enquire_link_resp'],
  [0x80000103, 'data_sm_resp'],
];

const byNumber = new Map(numbers);
const byCommand = new Map(numbers.map(([number, command]) => [command, number]));

export const commandOf = (id: number): Pdu['command'] | undefined => byNumber.get(id);

export const idOf = (command: Pdu['command']): number => byCommand.get(command) ?? 0;

export const isResponse = (id: number): boolean => id >= 0x80000000;

/** TLV tags that we read or write (§5.3.2). */
export const tags = {
  receiptedMessageId: 0x001e,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

/** Bits of esm_class (§5.2.12). */
export const esm = { typeMask: 0x3c, receipt: 0x04, intermediate: 0x20, header: 0x40 } as const;

/** Values of data_coding (§5.2.19). */
export const codings = { default: 0, latin1: 3, ucs2: 8 } as const;
