import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from './load.ts';

/**
 * The key that everything sealed depends on: 32 bytes, base64, one a line, the first one seals.
 * Made when the file is absent and `create` says so. Whoever loses it loses every sealed value.
 */
export function readMasterKeys(file: string, create: boolean): [Buffer, ...Buffer[]] {
  if (create) createOnce(file);
  let text: string;
  try {
    if (statSync(file).mode & 0o077)
      throw new ConfigurationError([`${file} can be read by others. Make it private: chmod 600 ${file}`]);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError([`The master key cannot be read: ${(error as Error).message}`]);
  }
  const [first, ...older] = text
    .split('\n')
    .filter(line => line.trim())
    .map(line => Buffer.from(line.trim(), 'base64'));
  if (!first || [first, ...older].some(key => key.length !== 32))
    throw new ConfigurationError([`${file} must hold 32 random bytes as base64: openssl rand -base64 32`]);
  return [first, ...older];
}

function createOnce(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
}
