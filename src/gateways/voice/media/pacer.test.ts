import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPacer } from './pacer.ts';

const nothingMissed = (): void => assert.fail('Nothing was to be missed.');

/** A pacer over a clock that only moves when told. */
function paced(t: import('node:test').TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 1_000.3;
  const pacer = openPacer(() => now);
  return {
    pacer,
    pass(milliseconds: number) {
      for (let n = 0; n < milliseconds; n++) {
        now += 1;
        t.mock.timers.tick(1);
      }
    },
    /** the process does nothing for so long */
    hang(milliseconds: number) {
      now += milliseconds;
      t.mock.timers.tick(milliseconds);
    },
    now: () => now,
  };
}

describe('the one clock of all calls', () => {
  test('ticks every 20 ms, in four phases', t => {
    const { pacer, pass, now } = paced(t);
    const at: number[][] = [[], [], [], []];
    const leave = at.map(times => pacer.join({ tick: () => void times.push(now()), missed: nothingMissed }));
    pass(205);
    for (const times of at) {
      assert.ok(times.length >= 10);
      assert.ok(times.every((time, i) => i === 0 || Math.abs(time - (times[i - 1] ?? 0) - 20) < 0.01));
    }
    assert.equal(new Set(at.map(times => Math.round(times[0] ?? 0) % 20)).size, 4);
    for (const end of leave) end();
  });

  test('what is late is made up for, and the times after it are as before', t => {
    const { pacer, pass, hang, now } = paced(t);
    const times: number[] = [];
    const leave = pacer.join({ tick: () => void times.push(now()), missed: nothingMissed });
    pass(100);
    const before = times.length;
    const phase = (times[0] ?? 0) % 20;
    hang(70);
    assert.ok(times.length - before >= 3);
    pass(100);
    assert.ok(Math.abs(((times.at(-1) ?? 0) % 20) - phase) < 0.01);
    assert.ok(Math.abs(times.length - 270 / 20) <= 1);
    leave();
  });

  test('a second late: a fifth of it is not, and is said', t => {
    const { pacer, pass, hang } = paced(t);
    let ticks = 0;
    let missed = 0;
    const leave = pacer.join({
      tick: () => void ticks++,
      missed: n => {
        missed += n;
      },
    });
    hang(1_000);
    pass(20);
    assert.ok(ticks <= 7, `${ticks}`);
    assert.ok(Math.abs(ticks + missed - 51) <= 1, `${ticks} + ${missed}`);
    leave();
  });

  test('nobody there, no timer; and who comes later is served', t => {
    const { pacer, pass } = paced(t);
    let ticks = 0;
    const leave = pacer.join({ tick: () => void ticks++, missed: nothingMissed });
    pass(50);
    leave();
    const then = ticks;
    pass(5_000);
    assert.equal(ticks, then);
    const again = pacer.join({ tick: () => void ticks++, missed: nothingMissed });
    pass(100);
    assert.ok(ticks - then >= 4);
    again();
  });

  test('one may leave in a tick', t => {
    const { pacer, pass } = paced(t);
    let ticks = 0;
    const leave = pacer.join({
      tick() {
        ticks++;
        leave();
      },
      missed: nothingMissed,
    });
    pass(200);
    assert.equal(ticks, 1);
  });
});
