import { z } from 'zod';
import { isProxy } from '../sip/index.ts';

const port = z.number().int().min(0).max(65_535);
const number = /^\+?[0-9*#]{1,20}$/;

/** How numbers are dialled. A trunk wants them whole; behind a switchboard they are what a desk phone dials. */
const numbers = z.strictObject({
  style: z.enum(['international', 'national']).default('international'),
  /** what goes before every number, such as `0` for an outside line */
  prefix: z
    .string()
    .regex(/^[0-9*#]{0,6}$/)
    .default(''),
  /** for the national style: our own country, and what goes before numbers inside it and elsewhere */
  country: z
    .string()
    .regex(/^\d{1,3}$/)
    .default('81'),
  trunk: z
    .string()
    .regex(/^\d{0,3}$/)
    .default('0'),
  abroad: z
    .string()
    .regex(/^\d{0,5}$/)
    .default('010'),
});

/** One line to the telephone network, as an agent is told it. */
export const lineSettings = z
  .strictObject({
    /** `sip:pbx.example.ac.jp`, `sips:trunk.example.net`, `sip:192.0.2.1:5070;transport=tcp`; in their order */
    proxies: z
      .array(z.string().refine(isProxy, 'is no address of a SIP proxy, such as sip:pbx.example.ac.jp.'))
      .min(1),
    /** our extension, or the number of the trunk */
    user: z.string().min(1),
    /** in addresses; the host of the first proxy when nothing is said */
    domain: z.string().optional(),
    /** the name that goes with the password, where it is not `user` */
    username: z.string().optional(),
    password: z.string().optional(),
    /** whom the password may be proven to; without, those in whose name our provider's servers asked first */
    realm: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    /** as an extension does; a trunk knows us by our address or our password */
    register: z.boolean().default(false),
    /** seconds between two questions whether a proxy lives; 0 for one that does not answer OPTIONS */
    keepalive: z.number().int().min(0).max(3600).default(25),
    caller: z
      .strictObject({
        number: z.string().regex(number).optional(),
        name: z.string().max(60).optional(),
        /** says it in P-Asserted-Identity too */
        asserted: z.boolean().default(false),
      })
      .optional(),
    numbers: numbers.prefault({}),
    /** keys to an extension: `,` waits two seconds, `w` half of one */
    extensionDigits: z
      .string()
      .regex(/^[0-9w,#*]*\{extension\}[0-9w,#*]*$/, 'such as ,{extension}#')
      .default(',{extension}'),
    /** the address to listen at; that of the interface towards the proxy when nothing is said */
    address: z.string().optional(),
    /** for SIP over UDP; any when 0 */
    port: port.default(0),
    /** for voice: two for each call, the first one even */
    mediaPorts: z.strictObject({ from: port.default(16_384), to: port.default(17_383) }).prefault({}),
    /** 'anywhere': the voice comes from other public addresses than the other side says */
    voiceFrom: z.enum(['announced', 'anywhere']).default('announced'),
    /** encrypts the voice (SDES); the proxies must be reached over TLS, which carries the keys */
    srtp: z.boolean().default(false),
    tls: z
      .strictObject({ ca: z.string().optional(), cert: z.string().optional(), key: z.string().optional() })
      .optional(),
    /** a folder with recordings that are played instead of ours, by the same names */
    prompts: z.string().optional(),
    /** calls at once in one agent */
    calls: z.number().int().min(1).max(1000).default(200),
  })
  .refine(({ srtp, proxies }) => !srtp || proxies.every(proxy => /^sips:|;transport=tls/i.test(proxy)), {
    path: ['srtp'],
    message: 'needs proxies over TLS, or the keys would be for everybody to read.',
  })
  .refine(({ calls, mediaPorts: { from, to } }) => to - from + 1 >= calls * 2, {
    path: ['mediaPorts'],
    message: 'has less than two ports for each call.',
  });

export type VoiceLine = z.output<typeof lineSettings>;
