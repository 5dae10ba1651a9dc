import pg from 'pg';
import { serveForParent } from '../test/cast/product/serve.ts';

/** Counts what is sent to the database. */
let statements = 0;
let texts: string[] = [];
const { query } = pg.Client.prototype;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...parameters: Parameters<typeof query>) {
    statements += 1;
    const [what] = parameters as unknown as [string | { text?: string }];
    if (process.env.BENCH_STATEMENTS) texts.push(typeof what === 'string' ? what : (what.text ?? ''));
    return Reflect.apply(query, this, parameters);
  },
});

process.on('message', (message: { is: string }) => {
  if (message.is !== 'statements') return;
  process.send?.({ is: 'statements', statements, texts });
  texts = [];
});

await serveForParent();
