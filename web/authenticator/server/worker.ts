/** Trusted Types: the only script that is ever named by an address. */
interface Policy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const address = '/authenticator/sw.js';

const trusted: Policy = (
  (window as { trustedTypes?: PolicyFactory }).trustedTypes ?? { createPolicy: (_, rules) => rules }
).createPolicy('genkan-authenticator', {
  createScriptURL(url) {
    if (url !== address) throw new Error('only our own worker');
    return url;
  },
});

/** The worker that keeps the app at hand without a network, and receives pushes. Nothing where there is none. */
export async function registerWorker(scope: string): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  try {
    const registration = await navigator.serviceWorker.register(trusted.createScriptURL(address), {
      scope,
      updateViaCache: 'none',
    });
    await activated(registration);
    return registration;
  } catch {
    // A private window, or storage that is full: the app works while there is a network.
    return undefined;
  }
}

async function activated({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  if (active) return;
  const worker = installing ?? waiting;
  await new Promise<void>(resolve => {
    const look = () => {
      if (!worker || worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
