import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for another program, for as long as a busy machine may need. @param told what is said when it never comes */
export async function until(
  holds: () => boolean | Promise<boolean>,
  told: () => string = () => '',
  patience = 30_000,
): Promise<void> {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came about. ${told().slice(-3000)}`);
    await sleep(100);
  }
}
