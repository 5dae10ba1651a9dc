import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../audit/index.ts';
import { type Configuration, loadConfiguration } from '../config/index.ts';
import { openFoundation } from '../foundation.ts';
import { openHashing } from '../methods/password/index.ts';
import { type CommandContext, CommandFailed, type Common } from './command.ts';
import type { OpenContext } from './run.ts';

/** The file of the configuration: the named one, else `GENKAN_CONFIG`, else `genkan.yaml` where it is. */
export const configurationFile = (
  common: Pick<Common, 'config'>,
  env: NodeJS.ProcessEnv,
): string | undefined =>
  common.config ?? env.GENKAN_CONFIG ?? (existsSync('genkan.yaml') ? 'genkan.yaml' : undefined);

/** The configuration for a command: that file, `GENKAN_…`, and else what holds by default. */
export function configurationFor(common: Pick<Common, 'config'>, env: NodeJS.ProcessEnv): Configuration {
  const file = configurationFile(common, env);
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
    const found = configurationFor(common, env);
    // Typed in the wrong folder, a command would make an empty Genkan there and find nobody in it.
    const isNamed =
      configurationFile(common, env) !== undefined || env.GENKAN_DATA_FOLDER || found.databaseUrl;
    if (!isNamed && !existsSync(join(found.dataFolder, 'keys'))) {
      const { nothingHere, nothingHereNext } = speaking.words.outcome;
      throw new CommandFailed(nothingHere, { next: nothingHereNext });
    }
    const foundation = await openFoundation({
      configuration: found,
      as: 'command',
      say: line => speaking.stderr.write(`${line}\n`),
    });
    const { storage, audit, clock, directory, configuration } = foundation;
    const organisation = await directory.settings.get('organisation').catch(async (error: unknown) => {
      await foundation.close();
      throw error;
    });
    const context: CommandContext = {
      storage,
      audit,
      clock,
      directory,
      hashing: openHashing({ initialKey: storage.sealer.key('initial passwords') }),
      timeZone: organisation.timeZone,
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
