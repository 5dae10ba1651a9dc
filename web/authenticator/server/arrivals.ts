import type { Asked, Pulled } from '../../../src/methods/authenticator/api.ts';
import { eventsOf } from './events.ts';
import { openStream, type Signer, say } from './talk.ts';

export type Arrival =
  | { readonly is: 'requests'; readonly requests: readonly Asked[]; readonly now: number }
  /** no connection; it is tried again by itself */
  | { readonly is: 'unreachable' }
  /** the server knows this device no more */
  | { readonly is: 'removed' };

const longestPause = 30_000;
/** A stream that ends sooner was taken over by another window of this app: they must not take turns without end. */
const shortLife = 10_000;

/** What waits for this device, now: a pull, for whoever cannot wait for the stream. */
export async function pull(as: Signer): Promise<Arrival> {
  const told = await say(as, 'pull', {});
  if (told.ok) return { is: 'requests', ...told.value };
  return told.why === 'unknown-device' ? { is: 'removed' } : { is: 'unreachable' };
}

/**
 * Tells of every change, from the first answer on, until `signal`: by a stream, opened anew when it ends. Where it is
 * refused, or held back on its way, the app asks by pulls: at once, or soon, and less often the longer that lasts.
 */
export async function watch(
  signer: () => Signer,
  tell: (arrival: Arrival) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const silence = openSilence(signal);
    pullWhile(silence.signal, signer, tell);
    const stream = await openStream(signer(), signal);
    if (signal.aborted) return;
    if (stream.ok) {
      const opened = Date.now();
      await listen(stream.value, arrival => {
        silence.end();
        tell(arrival);
      });
      silence.end();
      failures = Date.now() - opened < shortLife ? failures + 1 : 0;
    } else {
      silence.end();
      if (stream.why === 'unknown-device') return tell({ is: 'removed' });
      failures++;
      // Our clock was put right meanwhile, or something between us lets no stream through: a pull finds out.
      tell(stream.why === 'busy' ? { is: 'unreachable' } : await pull(signer()));
    }
    if (!signal.aborted) await pause(failures, signal);
  }
}

/** Until a stream says its first word, or is over. */
function openSilence(within: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
    within.removeEventListener('abort', end);
  };
  within.addEventListener('abort', end);
  return { signal: controller.signal, end };
}

/** What a pull tells once the stream has spoken is older than what the stream tells. */
async function pullWhile(
  silence: AbortSignal,
  signer: () => Signer,
  tell: (arrival: Arrival) => void,
): Promise<void> {
  for (let asked = 1; ; asked++) {
    await pause(asked, silence);
    if (silence.aborted) return;
    const arrival = await pull(signer());
    if (silence.aborted) return;
    tell(arrival);
    if (arrival.is === 'removed') return;
  }
}

async function listen(stream: ReadableStream<Uint8Array>, tell: (arrival: Arrival) => void): Promise<void> {
  try {
    for await (const { event, data } of eventsOf(stream)) {
      if (event !== 'requests') continue;
      const { requests, now } = JSON.parse(data) as Pulled;
      tell({ is: 'requests', requests, now });
    }
  } catch {
    // The connection broke, or was closed by us: the next turn will tell.
  }
}

/** Longer with every failure, each app at its own moment. */
function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms =
    failures === 0 ? 100 : Math.min(1000 * 2 ** (failures - 1), longestPause) * (0.5 + Math.random());
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
