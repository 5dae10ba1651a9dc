import { useEffect, useState } from 'preact/hooks';
import { useAnswer, useApp } from '../app-context.ts';
import { Button } from './parts.tsx';

/** Chromium's offer to install (Manifest: incubations). */
interface InstallEvent extends Event {
  prompt(): Promise<void>;
}

let offered: InstallEvent | undefined;
const listeners = new Set<() => void>();

/** The offer comes once, early, and is kept until somebody wants it. */
export function keepInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', event => {
    event.preventDefault();
    offered = event as InstallEvent;
    for (const tell of listeners) tell();
  });
  window.addEventListener('appinstalled', () => {
    offered = undefined;
    for (const tell of listeners) tell();
  });
}

const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches;

/** Says that the browser may erase what it keeps, where that is so, and how to make that less likely. */
export function InstallOffer() {
  const { words, standing } = useApp();
  const [, again] = useState(0);
  useEffect(() => {
    const tell = () => again(n => n + 1);
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
    };
  }, []);
  const isKept = useAnswer(async () => (await navigator.storage?.persisted?.()) ?? false, []);
  if (isInstalled()) return null;
  return (
    <>
      {isKept === false && standing.accounts.length > 0 && <p class="hint">{words.mayBeErased}</p>}
      {offered && (
        <div class="row spread">
          <p class="hint">{words.installLead}</p>
          <Button kind="secondary" onClick={() => offered?.prompt()}>
            {words.install}
          </Button>
        </div>
      )}
    </>
  );
}
