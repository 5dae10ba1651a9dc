import assert from 'node:assert/strict';
import test from 'node:test';
import { minifyCss } from './css.mjs';

test('comments and idle spaces go, spaces with a meaning stay', () => {
  assert.equal(
    minifyCss('/* x */\na :hover ,\n b > c {\n  color: red;\n  width: calc(1px + 2px) ;\n}\n'),
    'a :hover,b > c{color: red;width: calc(1px + 2px)}',
  );
});

test('strings and addresses are left alone', () => {
  assert.equal(
    minifyCss('a::after { content: " /* ; */ "; background: url(data:a;b,  c) }'),
    'a::after{content: " /* ; */ ";background: url(data:a;b,  c)}',
  );
});
