import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mails that were handed over whole, as they stand in their files. */
export const lettersIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.eml'))
    .map(name => readFileSync(join(folder, name), 'utf8'));
