import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PhoneNumber } from '../src/gateways/index.ts';
import { smppFor } from '../src/gateways/sms/smpp/testing.ts';
import { atOnce, median } from './measure.ts';

/** Texts by SMPP to a centre on the same machine, each with a receipt, at three widths of the window. */
export async function texts(say: (line: string) => void, rounds = 5, each = 5_000): Promise<void> {
  const centre = fork(join(import.meta.dirname, 'sms-centre.ts'));
  try {
    const [{ port }] = (await once(centre, 'message')) as [{ port: number }];
    for (const window of [1, 10, 50]) {
      const { rate, cpu, unmatched } = await submitsPerSecond(port, window, rounds, each);
      const aim = window === 10 ? ' (aim 2000)' : '';
      say(
        `${rate.toFixed(0).padStart(8)} texts a second by SMPP with a window of ${window}${aim}; ${cpu.toFixed(3)} ms of CPU each, ${unmatched} receipts not matched`,
      );
    }
  } finally {
    centre.disconnect();
  }
}

async function submitsPerSecond(
  port: number,
  window: number,
  rounds: number,
  each: number,
): Promise<{ rate: number; cpu: number; unmatched: number }> {
  const { gateway, told } = smppFor(port, { window });
  let sent = 0;
  const send = async (): Promise<void> => {
    sent += 1;
    const taken = await gateway.send(
      {
        id: `bench-${sent}`,
        to: `+8190${String(sent).padStart(8, '0')}` as string as PhoneNumber,
        text: '123456 は京都中央大学の確認コードです。',
      },
      AbortSignal.timeout(60_000),
    );
    if (taken.taken !== true) throw new Error(`not taken: ${taken.reason}`);
  };
  try {
    // Twice as many people as places: there is always one who waits.
    const load = (times: number): Promise<void> => atOnce(2 * window, Array.from({ length: times }), send);
    await load(1_000);
    const rates: number[] = [];
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      await load(each);
      rates.push(each / ((performance.now() - began) / 1000));
    }
    const { user, system } = process.cpuUsage(before);
    while (told.length < sent) await new Promise(resolve => setTimeout(resolve, 50));
    const matched = told.filter(
      ({ which, outcome }) => 'delivery' in which && outcome === 'delivered',
    ).length;
    return { rate: median(rates), cpu: (user + system) / 1000 / (rounds * each), unmatched: sent - matched };
  } finally {
    await gateway.close();
  }
}
