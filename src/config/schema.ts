import { z } from 'zod';

const folder = z.string().min(1);

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
  logLevel: z
    .enum(['error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much to write to the console.'),
});

export type Configuration = z.output<typeof schema>;
export type ConfigurationKey = keyof z.input<typeof schema>;
