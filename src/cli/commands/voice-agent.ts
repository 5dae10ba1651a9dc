import { readFileSync } from 'node:fs';
import { openVoiceAgent, shortestAgentSecret } from '../../gateways/index.ts';
import { wordsFor } from '../../words/index.ts';
import { CommandFailed, type Program } from '../command.ts';
import { languageOf } from '../run.ts';

/** Calls from another machine than the server's: next to the switchboard. It has no database and no configuration. */
export const voiceAgentProgram: Program = {
  path: 'voice-agent',
  arguments: [],
  options: {
    listen: { kind: 'text', value: 'address', required: true },
    'secret-file': { kind: 'text', value: 'file', required: true },
  },
  async start({ options }, common, { stderr }) {
    const words = wordsFor(languageOf(common.language, process.env)).office.voiceAgent;
    const place = placeIn(String(options.listen));
    if (!place) throw new CommandFailed(words.noPlace({ typed: String(options.listen) }));
    const secret = secretIn(String(options['secret-file']));
    if (secret === undefined || secret.length < shortestAgentSecret)
      throw new CommandFailed(
        words.noSecret({ file: String(options['secret-file']), least: shortestAgentSecret }),
        {
          next: words.noSecretNext,
        },
      );
    const agent = await openVoiceAgent({
      ...place,
      secret,
      on: event => stderr.write(`${event.is === 'came' ? words.came(event) : words.left(event)}\n`),
    });
    stderr.write(`${words.waits({ host: place.host ?? '*', port: agent.port })}\n`);
    await new Promise<void>(resolve => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
    });
    await agent.close();
    return 0;
  },
};

/** `192.0.2.5:7430`, `[2001:db8::5]:7430`, or a port alone for every address of this machine. */
function placeIn(text: string): { readonly host?: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] = /^(?:(?:\[([0-9a-f:.]+)\]|([^:\s]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  const host = bracketed ?? plain;
  if (!Number.isInteger(port) || port > 65_535) return undefined;
  return host === undefined ? { port } : { host, port };
}

function secretIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Told with the name of the file, beside a secret that is too short.
    return undefined;
  }
}
