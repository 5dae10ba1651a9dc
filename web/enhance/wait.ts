// A page that waits for something outside the browser: a call to be answered, a push to be approved.
// The server says where it stands; without this script the page asks for itself every few seconds.

interface Standing {
  readonly state?: string;
  /** where to go on, once there is something to go on to */
  readonly next?: string;
}

const ends = document.querySelector<HTMLElement>('[data-ends]')?.dataset.ends?.split(' ');
const [every, patience] = ends ? [3000, 2 * 60_000] : [1000, 15 * 60_000];

const main = document.querySelector<HTMLElement>('[data-wait]');
const address = main?.dataset.wait;
const began = performance.now();
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(address: string): Promise<void> {
  clearTimeout(timer);
  const standing = await standingAt(address);
  failures = standing ? 0 : failures + 1;
  if (standing?.next && goOn(standing.next)) return;
  if (standing?.state) show(standing.state);
  if (performance.now() - began > patience) return;
  if (standing?.state && ends?.includes(standing.state)) return;
  // A server that does not answer is asked less and less often, each browser at its own moment.
  const pause = every * Math.min(2 ** failures, 16) * (failures > 0 ? 0.5 + Math.random() : 1);
  timer = setTimeout(ask, pause, address);
}

async function standingAt(address: string): Promise<Standing | undefined> {
  try {
    const response = await fetch(address, {
      headers: { Accept: 'application/json' },
      cache: 'no-store',
      // An answer that was lost on the way is asked for again, not waited for.
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    // No connection just now, as on a phone that takes a call: the next turn will tell.
    return undefined;
  }
}

/** Only to a page of ours: what comes is data. */
function goOn(next: string): boolean {
  const to = new URL(next, location.href);
  if (to.origin !== location.origin) return false;
  location.replace(to.href);
  return true;
}

function show(state: string): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-states]')) {
    const sentence: unknown = JSON.parse(place.dataset.states ?? '{}')[state];
    // A state that this page has no words for has a page of its own; what is being typed here is not taken away.
    if (sentence === undefined && !document.querySelector('input:not([type=hidden])')) location.reload();
    if (typeof sentence === 'string' && place.textContent !== sentence) place.textContent = sentence;
  }
}

if (address) {
  timer = setTimeout(ask, every, address);
  // Timers sleep while another app is in front, such as the telephone.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) ask(address);
  });
}
