import { join } from 'node:path';
import { template } from '../config/index.ts';
import { runDemo } from '../demo/index.ts';
import { checkGateways } from '../gateways/index.ts';
import { rootFolder } from '../kit/root.ts';
import { start, untilStopped } from '../main.ts';
import { wordsFor } from '../words/index.ts';
import type { Program } from './command.ts';
import { gatewayPrograms } from './commands/gateways.ts';
import { promptPrograms } from './commands/prompts.ts';
import { voiceAgentProgram } from './commands/voice-agent.ts';
import { configurationFile, configurationFor } from './context.ts';
import { languageOf } from './run.ts';

/** What runs until it is stopped. */
export const programs: readonly Program[] = [
  {
    path: 'serve',
    arguments: [],
    options: {},
    async start(_given, common, { stderr }) {
      const say = (line: string): void => stderr.write(`${line}\n`);
      const root = rootFolder();
      const configuration = configurationFor(common, process.env);
      const running = await start({
        configuration,
        assets: [join(root, 'dist', 'web'), join(root, 'prompts', 'audio')],
        say,
      });
      const { host, port } = configuration.listen;
      say(
        `Genkan answers at ${configuration.url} (listening on ${host}:${port}, ${running.foundation.database}).`,
      );
      await untilStopped(running, say);
      return 0;
    },
  },
  {
    path: 'config template',
    arguments: [],
    options: {},
    async start(_given, _common, { stdout }) {
      stdout.write(template());
      return 0;
    },
  },
  {
    path: 'config check',
    arguments: [],
    options: {},
    async start(_given, common, { stdout }) {
      const { gateways, ...configuration } = configurationFor(common, process.env);
      checkGateways(gateways);
      const ids = [...gateways.text, ...gateways.voice].map(({ id }) => id);
      const { office } = wordsFor(languageOf(common.language, process.env));
      const { url } = configuration;
      const file = configurationFile(common, process.env);
      const told = common.json
        ? JSON.stringify({ file, url, gateways: ids }, null, 2)
        : office.outcome.configurationIsRight({ file, url, gateways: ids.join(', ') });
      stdout.write(`${told}\n`);
      return 0;
    },
  },
  voiceAgentProgram,
  ...promptPrograms,
  ...gatewayPrograms,
  {
    path: 'demo',
    arguments: [],
    options: {},
    async start(_given, _common, { stdout }) {
      await runDemo({ env: process.env, say: line => stdout.write(`${line}\n`) });
      return 0;
    },
  },
];
