import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import {
  doors,
  drawing,
  forTests,
  isTest,
  largestKit,
  lists,
  longestFile,
  namelessFolders,
  neighbours,
  strangers,
} from './drawing.ts';
import type { Import, SourceFile } from './source.ts';

/** What is broken, as `file → file: why`, nothing when all is well. */
export function judge(
  files: readonly SourceFile[],
  packages: { readonly dependencies: readonly string[]; readonly devDependencies: readonly string[] },
): readonly string[] {
  const paths = new Set(files.map(file => file.path));
  return [
    ...files.flatMap(file =>
      file.imports.flatMap(one => {
        const why = one.isPackage ? strangePackage(file, one, packages) : wrongWay(file, one, paths);
        return why ? [`${file.path} → ${one.to}: ${why}`] : [];
      }),
    ),
    ...files.flatMap(file => shape(file)),
    ...kitIsSmall(files),
    ...rings(files),
  ];
}

const line = (room: string): number => drawing.findIndex(rooms => rooms.includes(room));

const rooms = drawing.flat();

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** A test stands beside what it tests. */
const roomOf = (path: string): string | undefined =>
  rooms.find(room => within(path.replace(/\.test(\.tsx?)$/, '$1'), room));

function wrongWay(file: SourceFile, { to }: Import, paths: ReadonlySet<string>): string | undefined {
  const stranger = Object.keys(strangers).find(folder => within(file.path, folder));
  if (stranger)
    return within(to, stranger) || strangers[stranger]?.includes(to)
      ? undefined
      : `${stranger} imports nothing of Genkan`;
  const from = roomOf(file.path);
  const into = roomOf(to);
  if (!from) return 'this file stands in no room of the drawing';
  if (!into) return 'the drawing has no such room';
  if (from !== into) {
    if (line(into) === line(from)) return `${name(from)} and ${name(into)} do not know each other`;
    if (line(into) < line(from)) return `${name(into)} is left of or above ${name(from)}`;
  } else if (neighbours.includes(from)) {
    const [mine, theirs] = [folderIn(from, file.path), folderIn(from, to)];
    if (mine && theirs && mine !== theirs) return `${mine} and ${theirs} do not know each other`;
  }
  return throughTheWall(file.path, to, paths);
}

const name = (room: string): string => room.replace(/^src\//, '').replace(/\.ts$/, '');

/** The folder right inside a room that a path lies in. */
const folderIn = (room: string, path: string): string | undefined => {
  const [first, ...rest] = path.slice(room.length + 1).split('/');
  return rest.length > 0 ? first : undefined;
};

/** Every folder that the import enters, and the importing file is not in, is entered by a door. */
function throughTheWall(from: string, to: string, paths: ReadonlySet<string>): string | undefined {
  if (forTests.test(to)) return isTest(from) ? undefined : 'that is for tests';
  for (let folder = posix.dirname(to); folder !== '.'; folder = posix.dirname(folder)) {
    if (within(from, folder)) continue;
    if (!paths.has(`${folder}/index.ts`) && !doors[folder]) continue;
    const named = ['index.ts', ...(doors[folder] ?? [])];
    if (!named.some(door => fits(door, to.slice(folder.length + 1))))
      return `${folder} is entered through ${named.join(', ')}`;
  }
  return undefined;
}

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`).test(path);

function strangePackage(
  file: SourceFile,
  { to, isType }: Import,
  { dependencies, devDependencies }: Parameters<typeof judge>[1],
): string | undefined {
  if (isBuiltin(to)) return undefined;
  const wanted = to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
  if (dependencies.includes(wanted)) return undefined;
  if (devDependencies.includes(wanted))
    return isType || isTest(file.path) ? undefined : 'a devDependency is not there when Genkan runs';
  return 'package.json does not list it';
}

function shape(file: SourceFile): readonly string[] {
  const broken: string[] = [];
  const nameless = file.path
    .split('/')
    .slice(0, -1)
    .find(folder => namelessFolders.includes(folder));
  if (nameless) broken.push(`${file.path}: a folder called ${nameless} says nothing about what is in it`);
  if (file.lines > longestFile && !isTest(file.path) && !lists.test(file.path))
    broken.push(`${file.path}: ${file.lines} lines; more than ${longestFile} ask to be two files`);
  return broken;
}

function kitIsSmall(files: readonly SourceFile[]): readonly string[] {
  const kit = files.filter(file => within(file.path, 'src/kit') && !isTest(file.path));
  return kit.length > largestKit ? [`src/kit: ${kit.length} files; ${largestKit} are the most`] : [];
}

/** Rooms that import each other in a ring, whatever their lines say; and files of one room that do. */
function rings(files: readonly SourceFile[]): readonly string[] {
  const ofRooms = new Map<string, Set<string>>(rooms.map(room => [room, new Set()]));
  const ofFiles = new Map<string, Set<string>>();
  for (const file of files.filter(({ path }) => !isTest(path))) {
    const inside = new Set<string>();
    ofFiles.set(file.path, inside);
    for (const { to, isPackage } of file.imports) {
      const [from, into] = [roomOf(file.path), roomOf(to)];
      if (isPackage || !from || !into) continue;
      if (from === into) inside.add(to);
      else ofRooms.get(from)?.add(into);
    }
  }
  return [
    ...ringsOf(ofRooms).map(ring => `${ring.map(name).join(' → ')}: a ring`),
    ...ringsOf(ofFiles).map(ring => `${ring.join(' → ')}: a ring`),
  ];
}

/** Each ring once, from its first member back to it. */
function ringsOf(knows: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const order = new Map([...knows.keys()].map((one, place) => [one, place]));
  const reaches = (from: string, goal: string, seen = new Set<string>()): readonly string[] | undefined => {
    for (const next of knows.get(from) ?? []) {
      if (next === goal) return [next];
      if (seen.has(next)) continue;
      seen.add(next);
      const rest = reaches(next, goal, seen);
      if (rest) return [next, ...rest];
    }
    return undefined;
  };
  return [...knows.keys()].flatMap((one, place) => {
    const ring = reaches(one, one);
    return ring?.every(other => (order.get(other) ?? 0) >= place) ? [[one, ...ring]] : [];
  });
}
