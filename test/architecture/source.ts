import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Import {
  /** a path from the root of the project, or the name of a package */
  readonly to: string;
  readonly isPackage: boolean;
  /** gone when the types are */
  readonly isType: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** Every TypeScript file in these folders, read from the root of the project. */
export function sourceIn(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap(folder => filesIn(root, folder))
    .map(path => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
    });
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .sort();
}

const statement =
  /^[ \t]*(?:import|export)[ \t]+(?:(type)\s+)?(?:[\w$*{},\s]+?\s+from\s+)?['"]([^'"\n]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]/g;

/** The imports of a file as its text says them; the project's style leaves few ways to write one. */
export function importsOf(path: string, text: string): readonly Import[] {
  const found = [
    ...[...text.matchAll(statement)].map(([, type, to]) => ({ to, isType: type !== undefined })),
    ...[...text.matchAll(dynamic)].map(([, to]) => ({ to, isType: false })),
  ];
  return found.flatMap(({ to, isType }) => {
    if (to === undefined) return [];
    return to.startsWith('.')
      ? { to: posix.join(dirname(path), to), isPackage: false, isType }
      : { to, isPackage: true, isType };
  });
}
