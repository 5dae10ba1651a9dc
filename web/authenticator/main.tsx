import { render } from 'preact';
import { type Keep, openKeep } from './account/keep.ts';
import { hasTrace } from './account/trace.ts';
import { AuthenticatorApp, takeLink } from './app.tsx';
import { spoken } from './language.ts';
import { openPhone } from './phone.ts';
import { shell } from './server/scope.ts';
import { registerWorker } from './server/worker.ts';
import type { View } from './view.ts';
import { keepInstallOffer } from './views/install.tsx';
import { wordsIn } from './words.ts';

const place = document.getElementById('app');

async function start(place: HTMLElement, keep: Keep): Promise<void> {
  const phone = await openPhone(keep);
  const chosen = await keep.language();
  const language = spoken([...(chosen ? [chosen] : []), ...navigator.languages]);
  render(
    <AuthenticatorApp
      phone={phone}
      first={firstView(phone.standing().accounts.length)}
      language={language}
      speak={one => {
        keep.speak(one);
      }}
    />,
    place,
  );
  registerWorker(shell);
}

function firstView(accounts: number): View {
  const link = takeLink();
  if (link) return link;
  return accounts === 0 && hasTrace() ? { at: 'erased' } : { at: 'home' };
}

keepInstallOffer();
if (place)
  openKeep()
    .then(keep => start(place, keep))
    .catch(() => {
      // No IndexedDB: an old browser, or a private window that keeps nothing.
      place.textContent = wordsIn(spoken(navigator.languages)).unsupported;
    });
