import { join } from 'node:path';
import { type Audit, openAudit } from './audit/index.ts';
import { type Configuration, ConfigurationError, readMasterKeys } from './config/index.ts';
import { type Directory, openDirectory } from './directory/index.ts';
import { type Clock, systemClock } from './kit/clock.ts';
import { type EmbeddedDatabase, joinEmbedded, serveEmbedded } from './storage/embedded/index.ts';
import { openSealer, openStorage, type Storage } from './storage/index.ts';

/** What the server and every command stand on. */
export interface Foundation {
  readonly configuration: Configuration;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly directory: Directory;
  /** whether no other server can be at work here: the database is private, and locked for this one */
  readonly alone: boolean;
  /** how the database is reached, in words for the console */
  readonly database: string;
  close(): Promise<void>;
}

/**
 * @param as 'server' keeps the private database running until it closes; 'command' uses the one
 * that runs, or starts it for as long as the command takes
 */
export async function openFoundation(options: {
  configuration: Configuration;
  as: 'server' | 'command';
  say(line: string): void;
  /** a clock that can be moved, in tests */
  clock?: Clock;
  onIdleError?: (error: Error) => void;
}): Promise<Foundation> {
  const { configuration, as, say } = options;
  const keyFile = configuration.masterKeyFile ?? join(configuration.dataFolder, 'keys', 'master.key');
  const sealer = openSealer(readMasterKeys(keyFile, configuration.masterKeyFile === undefined));
  const embedded =
    configuration.databaseUrl === undefined ? await privateDatabase(configuration, as, say) : undefined;
  const storage = await openStorage({
    connectionString: configuration.databaseUrl ?? embedded?.url ?? '',
    sealer,
    maxConnections: as === 'server' ? configuration.maxConnections : 3,
    ...(options.onIdleError ? { onIdleError: options.onIdleError } : {}),
  });
  const close = async (): Promise<void> => {
    await storage.close();
    await embedded?.stop();
  };
  const isRight = await isItsKey(storage).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (!isRight) {
    await close();
    throw new ConfigurationError([
      `${keyFile} is not the master key of this database. What is sealed there could not be read, and what would be sealed now nobody could read later. Copy the key from where Genkan was first started, or name its file: masterKeyFile`,
    ]);
  }
  const clock = options.clock ?? systemClock;
  const audit = openAudit({ storage, clock });
  return {
    configuration,
    storage,
    clock,
    audit,
    directory: openDirectory({ storage, audit, clock }),
    alone: embedded !== undefined && as === 'server',
    database: embedded ? `private PostgreSQL ${embedded.version}` : 'PostgreSQL',
    close,
  };
}

/** What was sealed last shows whether the key is the one; where nothing was sealed yet, every key is. */
async function isItsKey({ db, sealer }: Storage): Promise<boolean> {
  const key = await db
    .selectFrom('signing_keys')
    .select('private_sealed as sealed')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const found =
    key ??
    (await db.selectFrom('passwords').select('hash_sealed as sealed').limit(1).executeTakeFirst()) ??
    (await db
      .selectFrom('applications')
      .select('secret_sealed as sealed')
      .where('secret_sealed', 'is not', null)
      .limit(1)
      .executeTakeFirst());
  return !found?.sealed || sealer.knows(found.sealed);
}

const privateDatabase = (
  { dataFolder }: Configuration,
  as: 'server' | 'command',
  say: (line: string) => void,
): Promise<EmbeddedDatabase> => {
  const options = { folder: join(dataFolder, 'postgresql'), say };
  return as === 'server' ? serveEmbedded(options) : joinEmbedded(options);
};
