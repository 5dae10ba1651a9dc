// Whoever can write into the database and has no key of ours puts what is theirs into the row of somebody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given, type Held, passes, question } from './held.ts';
import { assertNotSignedIn, enter, query, scene } from './scene.ts';

const at = scene();
const { app, device, token, paper } = given(at);

async function sealedIn({ row }: Held): Promise<string> {
  const { rows } = await query(
    at.house,
    `select encode(${row.column}, 'hex') as hex from ${row.table} where ${row.where}`,
  );
  assert.equal(rows.length, 1);
  return String(rows[0]?.hex);
}

const put = ({ row }: Held, hex: string) =>
  query(at.house, `update ${row.table} set ${row.column} = decode('${hex}', 'hex') where ${row.where}`);

for (const [what, give] of Object.entries({ app, device, token, paper }))
  test(`the secret of one ${what}, put into the row of another, opens nothing there`, async () => {
    const [victim, thief] = [await give(`Victim-${what}`), await give(`Thief-${what}`)];
    // What was used while it was registered is used up.
    at.house.clock.pass(121_000);
    const visitor = await question(at, victim);
    const asked = visitor.page.url;
    const kept = await sealedIn(victim);
    await put(victim, await sealedIn(thief));
    await visitor.send('/answer', thief.right(visitor.page));
    assert.equal(visitor.page.status, 500, visitor.page.text);
    await assertNotSignedIn(visitor);
    const anew = at.house.visitor();
    await enter(anew, victim.who, victim.path);
    assert.equal(anew.page.status, 500, anew.page.text);
    await assertNotSignedIn(anew);

    await put(victim, kept);
    await visitor.open(asked);
    await passes(visitor, victim);
    // And what was brought was no wrong answer where it belongs.
    await passes(await question(at, thief), thief);
  });
