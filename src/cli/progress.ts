import type { Screen } from './command.ts';

export interface Progress {
  at(done: number, total: number): void;
  end(): void;
}

const width = 30;

/** A bar on a terminal; elsewhere a line for every tenth. */
export function showProgress(screen: Screen, label: string): Progress {
  let shown = -1;
  return {
    at(done, total) {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      const step = screen.isTerminal ? percent : Math.floor(percent / 10) * 10;
      if (step === shown) return;
      shown = step;
      if (!screen.isTerminal) {
        screen.write(`${label}: ${step} % (${done}/${total})\n`);
        return;
      }
      const full = Math.round((percent / 100) * width);
      screen.write(
        `\r${label}  [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${percent} % (${done}/${total})`,
      );
    },
    end() {
      if (screen.isTerminal && shown >= 0) screen.write('\n');
    },
  };
}
