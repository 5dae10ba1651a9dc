import type { Screen } from './command.ts';
import { widthOf } from './table-text.ts';

export interface Progress {
  at(done: number, total: number): void;
  /** Where nobody knows how much there will be. Only a terminal is told. */
  soFar(done: number): void;
  /** What is written next stands on a line of its own. */
  end(): void;
}

const widest = 30;
/** Less than that says nothing. */
const narrowest = 5;
/** Of a terminal that does not say how wide it is. */
const usual = 80;

/** A bar on a terminal; elsewhere a line for every tenth. */
export function showProgress(screen: Screen, label: string): Progress {
  let shown = -1;
  let open = false;
  const draw = (line: string): void => {
    screen.write(`\r${line}`);
    open = true;
  };
  return {
    at(done, total) {
      const percent = percentOf(done, total);
      const step = screen.isTerminal ? percent : Math.floor(percent / 10) * 10;
      if (step === shown) return;
      shown = step;
      if (screen.isTerminal) draw(barOf({ label, done, total, columns: screen.columns || usual }));
      else screen.write(`${label}: ${step} % (${done}/${total})\n`);
    },
    soFar(done) {
      if (screen.isTerminal) draw(`${label}: ${done}`);
    },
    end() {
      if (open) screen.write('\n');
      open = false;
    },
  };
}

/**
 * A bar for a terminal of so many columns. It stays on one line, since only one is drawn over: where there is little
 * room the bar is shorter, then it is left out, then the counts are, then the label. What has room at the end decides,
 * so that no line is shorter than the one that it covers.
 */
export function barOf(of: { label: string; done: number; total: number; columns: number }): string {
  const { label, done, total, columns } = of;
  const percent = `${percentOf(done, total)} %`;
  const counts = `(${done}/${total})`;
  // In its last column a terminal may already have gone on to the next line.
  const room = columns - 1;
  const words = widthOf(`${label}  100 %`);
  const numbers = ` (${total}/${total})`.length;
  const long = Math.min(widest, room - words - numbers - '[] '.length);
  if (long >= narrowest) {
    const full = Math.round((percentOf(done, total) / 100) * long);
    return `${label}  [${'#'.repeat(full)}${'.'.repeat(long - full)}] ${percent} ${counts}`;
  }
  if (words + numbers <= room) return `${label}  ${percent} ${counts}`;
  return words <= room ? `${label}  ${percent}` : percent;
}

const percentOf = (done: number, total: number): number =>
  total === 0 ? 100 : Math.floor((done / total) * 100);
