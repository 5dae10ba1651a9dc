import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import type { Account } from '../account/keep.ts';
import { useApp, useWords } from '../app-context.ts';
import type { View } from '../view.ts';
import { Code } from './code.tsx';
import { InstallOffer } from './install.tsx';
import { Button, Notice, Sheet } from './parts.tsx';

export function Home({ said }: { said: (View & { at: 'home' })['said'] }) {
  const { words, standing, online } = useApp();
  const { accounts } = standing;
  if (accounts.length === 0)
    return (
      <Sheet title={words.emptyTitle}>
        {said && <Notice kind={said === 'removedHere' ? 'success' : 'warning'}>{words[said]}</Notice>}
        <Welcome />
      </Sheet>
    );
  return (
    <Sheet title={words.homeTitle}>
      {said && <Notice kind={said === 'removedHere' ? 'success' : 'warning'}>{words[said]}</Notice>}
      {!online && <Notice kind="warning">{words.offline}</Notice>}
      <Requests />
      <ul class="accounts">
        {accounts.map(account => (
          <AccountCard key={account.device} account={account} />
        ))}
      </ul>
      <AddAccount />
      <InstallOffer />
    </Sheet>
  );
}

function Welcome() {
  const words = useWords();
  return (
    <>
      <p class="lead">{words.emptyLead}</p>
      <ol class="steps-list">
        {words.emptySteps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Ways />
      <p class="hint">{words.emptySamePhone}</p>
      <InstallOffer />
    </>
  );
}

/** By the camera, or by hand. */
function Ways() {
  const { words, go } = useApp();
  return (
    <div class="stack">
      <Button icon="app" onClick={() => go({ at: 'scan' })}>
        {words.scan}
      </Button>
      <Button kind="secondary" onClick={() => go({ at: 'type' })}>
        {words.type}
      </Button>
    </div>
  );
}

function AddAccount() {
  const words = useWords();
  return (
    <details>
      <summary>{words.addAccount}</summary>
      <Ways />
    </details>
  );
}

function Requests() {
  const { words, standing, phone, go } = useApp();
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    if (!looked) return;
    const timer = setTimeout(setLooked, 4000, false);
    return () => clearTimeout(timer);
  }, [looked]);
  if (standing.requests.length === 0)
    return (
      <div class="row spread">
        <p role="status">{looked ? words.looked : words.noRequests}</p>
        <button
          type="button"
          class="link"
          onClick={async () => {
            await phone.look();
            setLooked(true);
          }}
        >
          {words.look}
        </button>
      </div>
    );
  return (
    <ul class="accounts">
      {standing.requests.map(request => (
        <li key={request.request}>
          <button type="button" class="choice" onClick={() => go({ at: 'request', request })}>
            <Icon name="shield" />
            <span class="choice-words">
              <span class="choice-title">{words.openRequest}</span>
              <span class="choice-line">{request.application || words.ownPages}</span>
            </span>
            <Icon name="chevron" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function AccountCard({ account }: { account: Account }) {
  const { words, language, standing, online, go } = useApp();
  const { device, organisation, loginName, removedThere } = account;
  return (
    <li class="account">
      <div class="row spread">
        <h2>{organisation[language]}</h2>
        <button
          type="button"
          class="link"
          aria-label={words.settingsOf({ account: loginName })}
          onClick={() => go({ at: 'settings', device })}
        >
          {words.settings}
        </button>
      </div>
      <p class="quiet">{loginName}</p>
      {removedThere ? <Notice kind="warning">{words.goneThere}</Notice> : <Code account={account} />}
      {online && standing.unreachable.has(device) && <p class="quiet">{words.unreachable}</p>}
    </li>
  );
}
