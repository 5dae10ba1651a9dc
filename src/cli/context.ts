import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Actor } from '../audit/index.ts';
import { type Configuration, loadConfiguration } from '../config/index.ts';
import { openFoundation } from '../foundation.ts';
import { openHashing } from '../methods/password/index.ts';
import type { CommandContext, Common } from './command.ts';
import type { OpenContext } from './run.ts';

/** The configuration for a command: the named file, else `GENKAN_CONFIG`, else `genkan.yaml`, else what holds by default. */
export function configurationFor(common: Pick<Common, 'config'>, env: NodeJS.ProcessEnv): Configuration {
  const file = common.config ?? env.GENKAN_CONFIG ?? (existsSync('genkan.yaml') ? 'genkan.yaml' : undefined);
  // A command needs the data folder or the database; the address is the server's.
  return loadConfiguration({
    ...(file === undefined ? {} : { file }),
    env,
    defaults: { url: 'http://localhost:4000' },
  });
}

/** Opens the database of the configuration for one command. */
export const openContext =
  (env: NodeJS.ProcessEnv): OpenContext =>
  async (common, speaking) => {
    const foundation = await openFoundation({
      configuration: configurationFor(common, env),
      as: 'command',
      say: line => speaking.stderr.write(`${line}\n`),
    });
    const { storage, audit, clock, directory, configuration } = foundation;
    const context: CommandContext = {
      storage,
      audit,
      clock,
      directory,
      hashing: openHashing({ initialKey: storage.sealer.key('initial passwords') }),
      url: configuration.url,
      actor: whoTyped(env),
      ...speaking,
    };
    return { ...context, close: () => foundation.close() };
  };

/** The name that the log keeps: of the person, also behind sudo. */
export function whoTyped(env: NodeJS.ProcessEnv): Actor {
  const { username } = userInfo();
  return { is: 'office', name: env.SUDO_USER ? `${env.SUDO_USER} (${username})` : username };
}
