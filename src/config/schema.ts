import { z } from 'zod';

const folder = z.string().min(1);

/** What every gateway has. The other keys are its driver's, who reads them when the gateway is opened. */
const gateway = z.looseObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a name of small letters, digits and hyphens, 32 at most')
    .describe('its name in logs, and in the address that its provider calls'),
  driver: z.string(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as JP'))
    .min(1)
    .optional(),
  cost: z
    .strictObject({
      amount: z.number().min(0),
      currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, such as JPY'),
    })
    .optional(),
});

/** One gateway as the configuration has it. */
export type GatewayEntry = z.output<typeof gateway>;

/**
 * What is needed to start. What administrators change while it runs lies in the database.
 * The annotated template (`genkan config template`) is made from these descriptions.
 */
export const schema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .transform(text => new URL(text).origin)
    .describe('Where people and applications reach Genkan: scheme, host and port, nothing after it.'),
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('The address to listen on; 0.0.0.0 or :: for all.'),
      port: z.coerce.number().int().min(1).max(65535).default(4000).describe('The TCP port to listen on.'),
    })
    .prefault({}),
  dataFolder: folder
    .default('.data')
    .describe(
      'Where the private database, the keys and the mail outbox lie. Back it up; keep it to yourself.',
    ),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe(
      'A PostgreSQL (15 or newer) of your own. Absent: Genkan runs a private one in the data folder.',
    ),
  masterKeyFile: folder
    .optional()
    .describe('32 random bytes as base64, mode 0600. Absent: made at the first start, in the data folder.'),
  trustedProxies: z
    .array(z.string())
    .default([])
    .describe('Addresses or networks of reverse proxies whose X-Forwarded-For or Forwarded is believed.'),
  maxConnections: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(10)
    .describe('Connections to the database.'),
  gateways: z
    .strictObject({
      text: z
        .array(gateway)
        .default([])
        .describe(
          [
            'How texts reach telephones, in the order in which gateways are tried. Each has an id, a driver, perhaps',
            'countries ([JP]) and what a message costs, and the settings of its driver (docs/guides). Any setting may end',
            'in File and name a file that holds its value. As a variable: JSON.',
            '  - id: provider',
            '    driver: twilio',
            '    countries: [JP]',
            '    cost: { amount: 9.5, currency: JPY }',
            '    accountSid: AC…',
            '    authTokenFile: /etc/genkan/twilio-token',
            '    from: "+815012345678"',
          ].join('\n'),
        ),
      voice: z
        .array(gateway)
        .default([])
        .describe('How calls reach telephones, in the order in which gateways are tried; as above.'),
    })
    .prefault({}),
  metricsToken: z
    .string()
    .min(16)
    .optional()
    .describe('Whoever asks for /metrics says this as a bearer token. Absent: only this machine may ask.'),
  logLevel: z
    .enum(['error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much to write to the console.'),
});

export type Configuration = z.output<typeof schema>;
export type ConfigurationKey = keyof z.input<typeof schema>;
