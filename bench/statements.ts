import { once } from 'node:events';
import { password } from '../test/cast/given.ts';
import type { Product } from '../test/cast/product/product.ts';
import { type StepName, signIn, steps } from './sign-in.ts';
import type { Town } from './town.ts';

interface Counted {
  readonly is: string;
  readonly statements: number;
  readonly texts: readonly string[];
}

/** How many statements each step of a sign-in sends to the database: a table. */
export async function statementsOf(town: Town, product: Product): Promise<string> {
  const ask = async (): Promise<Counted> => {
    for (;;) {
      const answer = once(product.process, 'message');
      product.process.send({ is: 'statements' });
      const [told] = (await answer) as [Counted];
      if (told.is === 'statements') return told;
    }
  };
  const [person] = await town.people(1);
  if (!person) throw new Error('nobody came');
  let before = (await ask()).statements;
  const counted = new Map<StepName, number>();
  const lines: string[] = ['', 'Statements per step (with begin and commit)'];
  await signIn(product.url, person, town.application, town.exchange, password, async step => {
    const now = await ask();
    counted.set(step, now.statements - before);
    lines.push(`  ${step.padEnd(22)}${String(now.statements - before).padStart(6)}`);
    for (const text of now.texts) lines.push(`        ${text.replace(/\s+/g, ' ').slice(0, 150)}`);
    before = now.statements;
  });
  const all = steps.reduce((sum, step) => sum + (counted.get(step) ?? 0), 0);
  return [...lines, `  ${'together'.padEnd(22)}${String(all).padStart(6)}`, ''].join('\n');
}
