import type { Asked } from '../../src/methods/authenticator/api.ts';
import type { Account, Keep } from './account/keep.ts';
import { leaveTrace, wipeTrace } from './account/trace.ts';
import { type Arrival, pull, watch } from './server/arrivals.ts';

/** A request as this device shows it: whose account, and when it ends by our clock. */
export interface Request extends Asked {
  readonly device: string;
  readonly endsAt: number;
}

/** What the app knows now. */
export interface Standing {
  readonly accounts: readonly Account[];
  readonly requests: readonly Request[];
  /** devices whose server does not answer */
  readonly unreachable: ReadonlySet<string>;
}

/** The accounts of this device, and what arrives for them. */
export interface Phone {
  standing(): Standing;
  /** Calls at every change; returns how to stop it. */
  onChange(tell: () => void): () => void;
  add(account: Account): Promise<void>;
  change(device: string, to: Partial<Account>): Promise<void>;
  remove(device: string): Promise<void>;
  /** Takes an answered request away, before the server says so. */
  answered(request: string): void;
  /** Asks every server now. */
  look(): Promise<void>;
  /** Listens to every server anew: the app came to the front, or the network came back. */
  listen(): void;
  /** Listens no more: nobody looks. */
  rest(): void;
}

/** A clock that differs by less is the network's delay. */
const notable = 2_000;

export async function openPhone(keep: Keep): Promise<Phone> {
  let standing: Standing = { accounts: await keep.all(), requests: [], unreachable: new Set() };
  const listeners = new Set<() => void>();
  const watching = new Map<string, AbortController>();
  const over = new Set<string>();

  const become = (next: Partial<Standing>): void => {
    standing = { ...standing, ...next };
    for (const tell of listeners) tell();
  };
  const accountOf = (device: string) => standing.accounts.find(account => account.device === device);

  const change = async (device: string, to: Partial<Account>): Promise<void> => {
    become({
      accounts: standing.accounts.map(account =>
        account.device === device ? { ...account, ...to } : account,
      ),
    });
    await keep.change(device, to);
  };

  const arrived = (device: string, arrival: Arrival): void => {
    const account = accountOf(device);
    if (!account) return;
    const unreachable = new Set(standing.unreachable);
    if (arrival.is === 'unreachable') {
      become({ unreachable: unreachable.add(device) });
      return;
    }
    unreachable.delete(device);
    const others = standing.requests.filter(request => request.device !== device);
    if (arrival.is === 'removed') {
      become({ unreachable, requests: others });
      if (!account.removedThere) change(device, { removedThere: true });
      return;
    }
    const ahead = arrival.now - Date.now();
    if (Math.abs(ahead - account.ahead) > notable) change(device, { ahead });
    const requests = arrival.requests
      .filter(({ request }) => !over.has(request))
      .map(request => ({ ...request, device, endsAt: request.expiresAt - ahead }));
    become({ unreachable, requests: [...others, ...requests] });
  };

  const stop = (device: string): void => {
    watching.get(device)?.abort();
    watching.delete(device);
  };

  const start = (device: string): void => {
    stop(device);
    const account = accountOf(device);
    if (!account || account.removedThere) return;
    const controller = new AbortController();
    watching.set(device, controller);
    const signer = () => accountOf(device) ?? account;
    watch(signer, arrival => !controller.signal.aborted && arrived(device, arrival), controller.signal);
  };

  return {
    standing: () => standing,
    onChange(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    async add(account) {
      await keep.put(account);
      leaveTrace();
      become({ accounts: [...standing.accounts, account] });
      start(account.device);
    },
    change,
    async remove(device) {
      stop(device);
      await keep.remove(device);
      become({
        accounts: standing.accounts.filter(account => account.device !== device),
        requests: standing.requests.filter(request => request.device !== device),
      });
      if (standing.accounts.length === 0) wipeTrace();
    },
    answered(request) {
      over.add(request);
      become({ requests: standing.requests.filter(one => one.request !== request) });
    },
    async look() {
      const known = standing.accounts.filter(account => !account.removedThere);
      await Promise.all(known.map(async account => arrived(account.device, await pull(account))));
    },
    listen() {
      if (standing.accounts.length > 0) leaveTrace();
      for (const { device } of standing.accounts) start(device);
    },
    rest() {
      for (const { device } of standing.accounts) stop(device);
    },
  };
}
