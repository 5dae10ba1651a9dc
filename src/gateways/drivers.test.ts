import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { ConfigurationError } from '../config/index.ts';
import type { Driver, DriverDeps } from './driver.ts';
import { checkGateways, openGateways } from './drivers.ts';
import { callsByHand, standingClock, takingText } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan drivers '));
after(() => rmSync(folder, { recursive: true }));

const settings = z.strictObject({
  host: z.string(),
  password: z.string(),
  tls: z.strictObject({ ca: z.string() }).optional(),
});
const seen: unknown[] = [];
const known: readonly Driver[] = [
  {
    name: 'wire',
    kind: 'text',
    settings,
    open(id, read) {
      seen.push(read);
      return takingText(id);
    },
  },
  { name: 'bell', kind: 'voice', settings: z.strictObject({}), open: () => callsByHand() },
];

const deps: DriverDeps = {
  clock: standingClock(),
  url: 'https://id.example',
  dataFolder: folder,
  key: purpose => createHmac('sha256', 'test').update(purpose).digest(),
  log: () => undefined,
};

const problemsOf = (text: readonly object[], voice: readonly object[] = []): readonly string[] => {
  try {
    checkGateways({ text, voice } as Parameters<typeof checkGateways>[0], known);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.problems;
  }
};

test('gateways are opened in their order, with their terms, and with secrets that lie in files', () => {
  const secret = join(folder, 'password');
  writeFileSync(secret, 'hush\n');
  const opened = openGateways(
    {
      text: [
        {
          id: 'b',
          driver: 'wire',
          host: 'x',
          passwordFile: secret,
          tls: { caFile: secret },
          countries: ['JP'],
        },
        { id: 'a', driver: 'wire', host: 'y', password: 'p', cost: { amount: 9.5, currency: 'JPY' } },
      ],
      voice: [{ id: 'c', driver: 'bell' }],
    } as Parameters<typeof openGateways>[0],
    () => deps,
    known,
  );
  assert.deepEqual(
    opened.text.map(({ id, terms }) => ({ id, terms })),
    [
      { id: 'b', terms: { countries: ['JP'] } },
      { id: 'a', terms: { cost: { amount: 9.5, currency: 'JPY' } } },
    ],
  );
  assert.equal(opened.voice.length, 1);
  assert.deepEqual(seen[0], { host: 'x', password: 'hush', tls: { ca: 'hush' } });
});

test('each wrong setting is named, with what was probably meant', () => {
  assert.deepEqual(problemsOf([{ id: 'a', driver: 'wire', hots: 'x', password: 'p' }]), [
    'gateways.text[0].host: Invalid input: expected string, received undefined',
    'gateways.text[0].hots is not a setting; did you mean gateways.text[0].host?',
  ]);
  assert.deepEqual(
    problemsOf([{ id: 'a', driver: 'wire', host: 'x', password: 'p', tls: { ca: '', cert: '' } }]),
    ['gateways.text[0].tls.cert is not a setting; did you mean gateways.text[0].tls.ca?'],
  );
  assert.deepEqual(problemsOf([{ id: 'a', driver: 'wier' }], [{ id: 'a', driver: 'wire' }]), [
    'gateways.text[0].driver: there is no driver wier; did you mean wire?',
    'gateways.voice[0].driver: wire is a driver for texts, and belongs under gateways.text.',
    'gateways: two of them have the id a.',
  ]);
  assert.match(
    problemsOf([{ id: 'a', driver: 'wire', host: 'x', passwordFile: '/nowhere' }])[0] ?? '',
    /^gateways\.text\[0\]\.passwordFile: \/nowhere cannot be read/,
  );
});
