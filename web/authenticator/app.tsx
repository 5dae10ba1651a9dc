import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { readLink } from './account/link.ts';
import { wipeTrace } from './account/trace.ts';
import { type App, AppContext, useApp } from './app-context.ts';
import { type Language, languages } from './language.ts';
import type { Phone } from './phone.ts';
import { notifyingOf } from './server/notifying.ts';
import { mayInterrupt, type View } from './view.ts';
import { AddAccount, Added, TypeAddress } from './views/add.tsx';
import { Erased } from './views/erased.tsx';
import { Home } from './views/home.tsx';
import { Notify } from './views/notify.tsx';
import { Ended, RequestView } from './views/request.tsx';
import { Scan } from './views/scan.tsx';
import { Remove, Settings } from './views/settings.tsx';
import { wordsIn } from './words.ts';

export interface AppProps {
  readonly phone: Phone;
  readonly first: View;
  readonly language: Language;
  speak(language: Language): void;
}

export function AuthenticatorApp(props: AppProps) {
  const { phone, first } = props;
  const [view, setView] = useState<View>(first);
  const [language, setLanguage] = useState(props.language);
  const [standing, setStanding] = useState(phone.standing());
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => phone.onChange(() => setStanding(phone.standing())), [phone]);

  const go = (next: View) => {
    history.pushState(next, '');
    setView(next);
  };
  const goInstead = (next: View) => {
    history.replaceState(next, '');
    setView(next);
  };

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    const follow = (event: PopStateEvent) => setView((event.state as View | null) ?? { at: 'home' });
    const opened = () => {
      const link = takeLink();
      if (link) goInstead(link);
    };
    const come = () => {
      setOnline(navigator.onLine);
      if (document.hidden) phone.rest();
      else phone.listen();
    };
    const look = () => phone.look();
    addEventListener('popstate', follow);
    addEventListener('hashchange', opened);
    addEventListener('online', come);
    addEventListener('offline', come);
    document.addEventListener('visibilitychange', come);
    navigator.serviceWorker?.addEventListener('message', look);
    history.replaceState(first, '');
    phone.listen();
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener('hashchange', opened);
      removeEventListener('online', come);
      removeEventListener('offline', come);
      document.removeEventListener('visibilitychange', come);
      navigator.serviceWorker?.removeEventListener('message', look);
    };
  }, []);

  const [request] = standing.requests;
  useEffect(() => {
    if (request && mayInterrupt(view, request))
      (view.at === 'home' ? go : goInstead)({ at: 'request', request });
  }, [request, view]);

  const app: App = {
    ...{ phone, standing, language, online, go, goInstead },
    words: wordsIn(language),
    back: () => history.back(),
  };
  return (
    <AppContext.Provider value={app}>
      <a class="skip" href="#main">
        {app.words.skip}
      </a>
      <header class="top">
        <p class="house">
          <Sign />
          <span>{app.words.app}</span>
        </p>
      </header>
      <Shown view={view} />
      <footer class="foot">
        <nav class="languages" aria-label={app.words.otherLanguage}>
          <Icon name="globe" />
          {languages.map(one =>
            one === language ? (
              <strong key={one} lang={one}>
                {nameOf(one)}
              </strong>
            ) : (
              <button
                key={one}
                type="button"
                class="link"
                lang={one}
                onClick={() => {
                  setLanguage(one);
                  props.speak(one);
                }}
              >
                {nameOf(one)}
              </button>
            ),
          )}
        </nav>
      </footer>
    </AppContext.Provider>
  );
}

const nameOf = (language: Language): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

/** The link that opened the app; its token does not stay in the address. */
export function takeLink(): View | undefined {
  const link = readLink(location.href);
  if (location.hash) history.replaceState(history.state, '', location.pathname);
  return link && { at: 'add', link };
}

function Shown({ view }: { view: View }) {
  const { standing, goInstead } = useApp();
  const account = standing.accounts.find(one => 'device' in view && one.device === view.device);
  const home = () => goInstead({ at: 'home' });
  /** After a device was added, and once: whether it may notify. */
  const offerToNotify = async (device: string) => {
    const added = standing.accounts.find(one => one.device === device);
    const offered = added && (await notifyingOf(added.issuer)) === 'off';
    goInstead(offered ? { at: 'notify', device } : { at: 'home' });
  };
  switch (view.at) {
    case 'scan':
      return <Scan />;
    case 'type':
      return <TypeAddress read={readLink} />;
    case 'add':
      return <AddAccount link={view.link} />;
    case 'added':
      return <Added next={() => offerToNotify(view.device)} />;
    case 'notify':
      return account ? <Notify account={account} next={home} /> : <Home said={undefined} />;
    case 'request': {
      const asked = standing.accounts.find(one => one.device === view.request.device);
      return asked ? (
        <RequestView key={view.request.request} request={view.request} account={asked} />
      ) : (
        <Home said={undefined} />
      );
    }
    case 'ended':
      return (
        <Ended
          view={view}
          next={() => (view.request.purpose === 'registration' ? offerToNotify(view.request.device) : home())}
        />
      );
    case 'settings':
      return account ? <Settings account={account} /> : <Home said={undefined} />;
    case 'remove':
      return account ? <Remove account={account} /> : <Home said={undefined} />;
    case 'erased':
      return (
        <Erased
          next={() => {
            wipeTrace();
            home();
          }}
        />
      );
    case 'home':
      return <Home said={view.said} />;
  }
}

/** An entrance: a roof, two posts, light in the open door. */
function Sign() {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path
        class="sign-house"
        d="M1.5 8.5 12 2.500l10.5 6v2.200h-21zM4 12.200h16v9.300h-4v-6.500H8v6.500H4z"
      />
      <path class="sign-light" d="M9.5 16.500h5v5h-5z" />
    </svg>
  );
}
