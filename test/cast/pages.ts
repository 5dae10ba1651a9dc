import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWeb } from '../../setup/bundle-web.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

let built: Promise<string> | undefined;

/** The scripts, sheets and sounds of the pages, built once for this process from the sources as they are. */
export async function assetFolders(): Promise<readonly string[]> {
  built ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genkan-pages-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    await bundleWeb(root, folder);
    return folder;
  })();
  return [await built, join(root, 'prompts', 'audio')];
}
