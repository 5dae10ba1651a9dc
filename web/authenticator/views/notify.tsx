import { useState } from 'preact/hooks';
import type { Account } from '../account/keep.ts';
import { useAnswer, useApp } from '../app-context.ts';
import { notifyingOf, startNotifying } from '../server/notifying.ts';
import { Button, Notice, Sheet } from './parts.tsx';

/** Why notifications are good, before the browser asks whether they may come. */
export function Notify({ account, next }: { account: Account; next(): void }) {
  const { words } = useApp();
  return (
    <Sheet title={words.notifyTitle}>
      <p class="lead">{words.notifyLead}</p>
      <p>{words.notifyPrivate}</p>
      <Switch account={account} next={next} />
      <p class="hint">{words.notifyWithout}</p>
      <button type="button" class="link" onClick={next}>
        {words.notifyNo}
      </button>
    </Sheet>
  );
}

/** Whether this device notifies, and the button for it where there is a choice. */
export function Switch({ account, next }: { account: Account; next?: () => void }) {
  const { words } = useApp();
  const [turn, setTurn] = useState(0);
  const [asking, setAsking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const state = useAnswer(() => notifyingOf(account.issuer), [account.issuer, turn]);
  const start = async () => {
    if (asking) return;
    setAsking(true);
    const became = await startNotifying(account);
    setAsking(false);
    setFailed(became === 'failed');
    setTurn(turn + 1);
    if (became === 'on') next?.();
  };
  if (hasFailed) return <Notice kind="warning">{words.notifyFailed}</Notice>;
  switch (state) {
    case undefined:
      return null;
    case 'on':
      return <Notice kind="success">{words.notifyOn}</Notice>;
    case 'refused':
      return <Notice kind="warning">{words.notifyRefused}</Notice>;
    case 'impossible':
      return <Notice kind="info">{words.notifyImpossible}</Notice>;
    case 'needs-home-screen':
      return <Notice kind="info">{words.notifyHomeScreen}</Notice>;
    case 'off':
      return (
        <>
          {!next && <p>{words.notifyOff}</p>}
          <Button {...(next ? {} : { kind: 'secondary' as const })} onClick={start}>
            {asking ? words.loading : words.notifyYes}
          </Button>
        </>
      );
  }
}
