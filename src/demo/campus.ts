import type { Directory } from '../directory/index.ts';
import type { NamedLocationId } from '../kit/ids.ts';

const demo = { is: 'office', name: 'demo' } as const;

/** A network set aside for documentation (RFC 5737): nobody is there. */
const elsewhere = ['192.0.2.0/24'];
const thisMachine = ['127.0.0.1/32', '::1/128'];

/**
 * Whether this machine lies on the demo's campus. One cannot walk to a made-up campus, so the demo
 * moves the campus: its network contains this machine, or not.
 */
export interface Campus {
  isHere(): Promise<boolean>;
  move(here: boolean): Promise<void>;
}

export function openCampus(directory: Directory): Campus {
  const location = async () => (await directory.access.locations.list()).find(({ isTrusted }) => isTrusted);
  return {
    isHere: async () => (await location())?.ipRanges.includes('127.0.0.1/32') ?? false,
    async move(here) {
      const campus = await location();
      if (!campus) return;
      const ipRanges = here ? [...elsewhere, ...thisMachine] : elsewhere;
      await directory.access.locations.update(campus.id as NamedLocationId, { ...campus, ipRanges }, demo);
    },
  };
}
