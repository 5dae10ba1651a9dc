import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../../../src/kit/root.ts';
import { freePort, until } from '../../../src/kit/testing.ts';

const apart = join(rootFolder(), '.node', 'twilio', 'package.json');

/** Twilio's own description of its API. It is theirs, and brought with the tools, not kept here. */
const description = join(rootFolder(), '.node', 'twilio', 'twilio_api_v2010.json');

export const prismCannot = (): string | false => {
  if (!existsSync(apart)) return 'Prism is not installed: npm test -- test/peers brings it';
  return existsSync(description) ? false : `Twilio's description of its API is not at ${description}`;
};

export const sdkIsHere = (): boolean => existsSync(apart);

/** What the tests need of Twilio's SDK, which says what is right. */
export interface TwilioSdk {
  validateRequest(token: string, signature: string, url: string, fields: Record<string, string>): boolean;
  getExpectedTwilioSignature(token: string, url: string, fields: Record<string, string>): string;
  readonly twiml: { readonly VoiceResponse: new () => VoiceResponse };
}

/** What is said within a question, and outside of one. */
interface Voice {
  say(attributes: { language: string }, words: string): unknown;
  play(url: string): unknown;
}

/** TwiML as the SDK writes it. */
export interface VoiceResponse extends Voice {
  gather(attributes: Readonly<Record<string, unknown>>): Voice;
  hangup(): unknown;
  toString(): string;
}

export const twilioSdk = (): TwilioSdk => createRequire(apart)('twilio') as TwilioSdk;

/** Prism, which answers as a description of an API says, and refuses what does not conform to it. */
export async function startPrism(): Promise<{ url: string; close(): Promise<void> }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'genkan-prism-'));
  const file = join(folder, 'description.json');
  writeFileSync(file, JSON.stringify(withLists(JSON.parse(readFileSync(description, 'utf8')))));
  const program = createRequire(apart).resolve('@stoplight/prism-cli/dist/index.js');
  const child = spawn(
    process.execPath,
    [program, 'mock', '-h', '127.0.0.1', '-p', String(port), '--errors', file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  await until(
    () => said.includes('is listening') || said.includes('Prism is listening'),
    () => said,
    180_000,
  );
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      process.off('exit', stop);
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(stop, 5000);
      await gone;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A list in a form is its name again and again by default (OpenAPI 3.0.1, Encoding Object); Prism wants that said. */
function withLists(document: Described): Described {
  const form = document.paths['/2010-04-01/Accounts/{AccountSid}/Calls.json']?.post?.requestBody.content;
  const body = form?.['application/x-www-form-urlencoded'];
  if (body) body.encoding = { ...body.encoding, StatusCallbackEvent: { style: 'form', explode: true } };
  return document;
}

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post?: { readonly requestBody: { readonly content: Record<string, { encoding?: object }> } };
      }
    >
  >;
}
