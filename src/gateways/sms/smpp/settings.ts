import { z } from 'zod';
import { isOwnHouse } from '../../private-network.ts';

const ton = z.number().int().min(0).max(6);
const npi = z.number().int().min(0).max(18);
const latin = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x20-\x7e]*$/, 'letters, digits and signs of ASCII only');

const alphanumeric = 5;
/** What fits where a telephone shows the sender: 10 octets of 7 bits a letter (3GPP TS 23.040 §9.1.2.5). */
const longestName = 11;

/** Type and plan as the address looks, where the operator says nothing: SMPP 3.4 §5.2.5, §5.2.6. */
export function kindOfSource(source: {
  readonly address: string;
  readonly ton?: number | undefined;
  readonly npi?: number | undefined;
}): { readonly ton: number; readonly npi: number } {
  const { address, ton, npi } = source;
  const [looksTon, looksNpi] = /[^\d]/.test(address.replace(/^\+/, ''))
    ? [alphanumeric, 0]
    : address.startsWith('+')
      ? [1, 1]
      : [0, 0];
  return { ton: ton ?? looksTon, npi: npi ?? looksNpi };
}

/** What an operator writes below `driver: smpp`. Lengths are those of the fields of SMPP 3.4 §5.2. */
export const smppSettings = z
  .strictObject({
    host: z.string().min(1).describe('the centre: a name or an address'),
    port: z.number().int().min(1).max(65535).default(2775).describe('its TCP port'),
    systemId: latin(15).min(1).describe('the name of your account'),
    password: latin(8).describe('its password, 8 characters at most; or passwordFile'),
    systemType: latin(12).default('').describe('what the centre asks for, if it does'),
    bind: z
      .enum(['transceiver', 'transmitter+receiver'])
      .default('transceiver')
      .describe('one connection for both ways, or one each'),
    tls: z
      .union([
        z.boolean(),
        z.strictObject({
          ca: z
            .string()
            .optional()
            .describe('certificates to trust, PEM; or caFile. Absent: the public ones'),
          serverName: z.string().optional().describe('the name in the certificate, when it is not host'),
          certificate: z.string().optional().describe('our own, PEM, when the centre asks for one'),
          key: z.string().optional().describe('its key, PEM; or keyFile'),
        }),
      ])
      .optional()
      .describe('encrypted from the first octet. Absent: not, which is possible in a private network only'),
    source: z
      .strictObject({
        address: latin(20).default(''),
        ton: ton.optional(),
        npi: npi.optional(),
      })
      .refine(source => kindOfSource(source).ton !== alphanumeric || source.address.length <= longestName, {
        path: ['address'],
        message: 'a name has 11 characters at most; 12 to 20 are for numbers (source.ton says which)',
      })
      .prefault({})
      .describe(
        'who the text comes from: +81…, a short number, or a name of 11 characters at most. Absent: the centre decides',
      ),
    destination: z
      .strictObject({ ton: ton.default(1), npi: npi.default(1) })
      .prefault({})
      .describe(
        'how the number of the person is meant: international (1) and E.164 (1) unless told otherwise',
      ),
    serviceType: latin(5).default('').describe('what the centre asks for, if it does'),
    alphabet: z
      .enum(['gsm', 'latin1', 'ucs2'])
      .default('gsm')
      .describe(
        'what texts without other characters are written in; gsm: data_coding 0 is GSM 03.38 there. Others are UCS-2',
      ),
    receipts: z.boolean().default(true).describe('ask for delivery receipts'),
    validityMinutes: z
      .number()
      .int()
      .min(0)
      .max(1440)
      .default(5)
      .describe('how long the centre tries to deliver: as long as a code is good. 0: as it likes'),
    window: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .describe('texts that may wait for an answer at once'),
    messagesPerSecond: z
      .number()
      .positive()
      .max(10_000)
      .optional()
      .describe('the most that the account allows. Absent: as fast as the window goes'),
    enquireLinkSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(30)
      .describe('silence after which the centre is asked whether it is there'),
    responseSeconds: z
      .number()
      .min(1)
      .max(120)
      .default(10)
      .describe('how long an answer of the centre may take'),
  })
  .refine(({ host, tls }) => tls !== undefined || isOwnHouse(host), {
    path: ['tls'],
    message: 'must be said outside of a private network: true, or false if all may be read on the way',
  });

export type SmppSettings = z.output<typeof smppSettings>;

/** How patient a session is, in ms. Tests are less so. */
export interface Patience {
  readonly connect: number;
  readonly response: number;
  readonly enquireLink: number;
  /** between two tries to connect: the first, and the most */
  readonly reconnect: { readonly first: number; readonly most: number };
  /** a connection that lasted longer is no failure when it ends */
  readonly steady: number;
  /** the same after the centre refused the account, which it may lock when it is asked too often */
  readonly refused: { readonly first: number; readonly most: number };
  /** after "throttled": the first, and the most */
  readonly throttled: { readonly first: number; readonly most: number };
}

export const patienceOf = (settings: SmppSettings): Patience => ({
  connect: 10_000,
  response: settings.responseSeconds * 1000,
  enquireLink: settings.enquireLinkSeconds * 1000,
  reconnect: { first: 500, most: 60_000 },
  steady: 5_000,
  refused: { first: 15_000, most: 300_000 },
  throttled: { first: 250, most: 5_000 },
});
