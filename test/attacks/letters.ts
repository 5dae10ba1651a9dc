import assert from 'node:assert/strict';
import type { House } from '../cast/house.ts';
import { until } from '../cast/until.ts';

type Addressee = { readonly loginName: string };

/** What was written to somebody, as they read it. */
export const lettersTo = (house: House, { loginName }: Addressee): string[] =>
  house
    .letters()
    .filter(letter => letter.includes(loginName))
    .map(letter => Buffer.from(letter.split('\r\n\r\n')[1] ?? '', 'base64').toString());

/** One mail that says so, once it came. */
export async function isTold(house: House, who: Addressee, saying: string): Promise<void> {
  const said = () => lettersTo(house, who).filter(letter => letter.includes(saying));
  await until(
    () => said().length > 0,
    () => `${saying}: ${lettersTo(house, who)}`,
  );
  assert.equal(said().length, 1);
}
