import { useEffect, useRef, useState } from 'preact/hooks';
import { readLink } from '../account/link.ts';
import { useApp } from '../app-context.ts';
import { Button, Notice, Sheet } from './parts.tsx';

type State = 'scanStarting' | 'scanLooking' | 'scanOther' | 'scanRefused' | 'scanMissing' | 'offline';

/** The camera, until it has seen the QR code of a set-up page. */
export function Scan() {
  const { words, goInstead, back } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>('scanStarting');
  useEffect(() => {
    const leaving = new AbortController();
    (async () => {
      const loaded = await import('../scan.ts').catch(() => undefined);
      // The app was renewed while this window was open: the part it asks for is gone, and the new one is there.
      if (!loaded) return navigator.onLine ? location.reload() : setState('offline');
      if (!video.current || leaving.signal.aborted) return;
      const ended = await loaded.lookForCode(video.current, leaving.signal, seen => {
        const link = seen === undefined ? undefined : readLink(seen);
        if (link) goInstead({ at: 'add', link });
        else setState(seen === undefined ? 'scanLooking' : 'scanOther');
        return link !== undefined;
      });
      if (ended === 'refused') setState('scanRefused');
      if (ended === 'missing') setState('scanMissing');
    })();
    return () => leaving.abort();
  }, []);
  const hasFailed = state === 'scanRefused' || state === 'scanMissing' || state === 'offline';
  return (
    <Sheet title={words.scanTitle} back>
      <p class="lead">{words.scanLead}</p>
      {hasFailed ? (
        <Notice kind="error">{words[state]}</Notice>
      ) : (
        <>
          <video ref={video} class="viewfinder" aria-label={words.scanPicture} muted playsInline />
          <p role="status">{words[state]}</p>
        </>
      )}
      <div class="stack">
        <Button kind="secondary" onClick={() => goInstead({ at: 'type' })}>
          {words.type}
        </Button>
        <button type="button" class="link" onClick={back}>
          {words.cancel}
        </button>
      </div>
    </Sheet>
  );
}
