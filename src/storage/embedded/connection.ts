import pg from 'pg';
import { owner } from './create.ts';
import { EmbeddedFailure, errorCode } from './failure.ts';

/** How `pg` reaches the server. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  database: string;
}

export const connectionTo = (socketFolder: string): Connection => ({
  host: socketFolder,
  port: 5432,
  user: owner,
  database: owner,
});

export const urlOf = ({ host, port, user, database }: Connection): string =>
  `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;

/** Makes sure that it serves these data and has our database. Returns its version. */
export async function greet(socketFolder: string, data: string): Promise<string> {
  const client = new pg.Client({
    ...connectionTo(socketFolder),
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ data: string; version: string; made: boolean }>(
      `select current_setting('data_directory') as data, split_part(current_setting('server_version'), ' ', 1) as version,
              exists (select from pg_database where datname = $1) as made`,
      [owner],
    );
    const answer = rows[0];
    if (answer?.data !== data) {
      throw new EmbeddedFailure(
        'not-ours',
        `Another database answers in ${socketFolder}, not the one in ${data}: remove that folder, or choose another data folder.`,
      );
    }
    if (!answer.made) await createDatabase(client);
    return answer.version;
  } finally {
    await client.end();
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  try {
    await client.query(`create database ${owner}`);
  } catch (error) {
    // 42P04 duplicate_database
    if (errorCode(error) !== '42P04') throw error;
  }
}
