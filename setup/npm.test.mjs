import assert from 'node:assert/strict';
import test from 'node:test';
import { explain } from './npm.mjs';

test('what npm prints becomes a sentence that says what to do', () => {
  assert.match(explain('npm error code ENOTFOUND\nnpm error network request failed', 1), /cannot be reached/);
  assert.match(
    explain('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write', 0),
    /disk is full/,
  );
  assert.match(explain('npm error code EACCES\nnpm error syscall mkdir', 243), /may not write/);
  assert.match(explain('npm error something new', 7), /code 7.*\nnpm error something new/);
});
