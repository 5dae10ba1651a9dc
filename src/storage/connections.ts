import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { Ask } from './ask.ts';

/** Texts that are made anew for each list would fill the server's memory; what comes after these goes unprepared. */
const mostPrepared = 400;

/** What `select *` means may change with a migration, under a plan that was made before it. */
const hasStar = /(?:select|,)\s+(?:"?\w+"?\.)?\*/i;

export interface Connections {
  /** The pool as Kysely sees it. Nobody waits for the answer to `begin`: the pool must pipeline. */
  readonly kysely: PostgresPool;
  /** One statement on any connection. */
  readonly ask: Ask;
}

/** A pool with less work for each statement: a text is planned once on each connection, and afterwards only bound. */
export function openConnections(pool: pg.Pool): Connections {
  const names = new Map<string, string>();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= mostPrepared || hasStar.test(text)) return undefined;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    names.set(text, name);
    return name;
  }

  function statement(text: string, values: readonly unknown[]): pg.QueryConfig {
    const name = nameOf(text);
    return name === undefined ? { text, values: [...values] } : { text, values: [...values], name };
  }

  function around(client: pg.PoolClient): PostgresPoolClient {
    let begun: Promise<unknown> | undefined;
    const query = async (text: string, values: readonly unknown[] = []) => {
      if (text === 'begin') {
        begun = client.query(text);
        // Where it fails, so does what was sent after it, and the commit says what became of both.
        begun.catch(() => undefined);
        return { command: 'SELECT', rowCount: 0, rows: [] };
      }
      if (values.length === 0) return client.query(text);
      return client.query(statement(text, values));
    };
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: destroy => client.release(destroy),
    };
  }

  return {
    kysely: {
      options: pool.options,
      async connect() {
        const client = await pool.connect();
        const known = clients.get(client) ?? around(client);
        clients.set(client, known);
        return known;
      },
      end: () => pool.end(),
    },
    async ask(text, values) {
      const client = await pool.connect();
      try {
        return await client.query(statement(text, values));
      } finally {
        // One that broke is taken out by the pool itself.
        client.release();
      }
    },
  };
}
