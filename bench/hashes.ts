import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { argon2id } from '../src/methods/password/hashing.ts';
import { atOnce } from './measure.ts';

/** The physical limit of a sign-in with a password: bare verifications at our parameters, one a core, in this process. */
export async function hashesPerCpuSecond(times: number): Promise<number> {
  const encoded = await hash('sakura saku michi', argon2id);
  const before = process.cpuUsage();
  await atOnce(availableParallelism(), Array.from({ length: times }), async () => {
    await verify(encoded, 'sakura saku michi');
  });
  const { user, system } = process.cpuUsage(before);
  return times / ((user + system) / 1e6);
}
