import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in these. */
const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** of itself, and of the children that it has seen end */
  readonly ticks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
    return { pid, parent: fields[1] ?? 0, ticks: user + system + childrenUser + childrenSystem };
  } catch {
    // It ended while we looked; what it used is counted at its parent.
    return undefined;
  }
}

/** A process and all that descend from it. */
function family(root: number): Stat[] {
  const all = readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const members = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all)
      if (members.has(parent) && !members.has(pid)) {
        members.add(pid);
        grown = true;
      }
  }
  return all.filter(({ pid }) => members.has(pid));
}

export interface Used {
  /** the server with its threads, and every process of PostgreSQL */
  readonly all: number;
  readonly server: number;
}

/** Seconds of processor time that the product used so far. */
export function cpuSeconds(server: number): Used {
  const members = family(server);
  const ticksOf = (some: readonly Stat[]): number =>
    some.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;
  return { all: ticksOf(members), server: ticksOf(members.filter(({ pid }) => pid === server)) };
}

/** Proportional set size in MB: what is shared is divided among those who share it. */
export function memory(server: number): {
  readonly all: number;
  readonly server: number;
  readonly processes: number;
} {
  const pss = (pid: number): number =>
    Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  const members = family(server).map(({ pid }) => ({ pid, pss: pss(pid) }));
  return {
    all: members.reduce((sum, member) => sum + member.pss, 0),
    server: members.find(({ pid }) => pid === server)?.pss ?? 0,
    processes: members.length,
  };
}
