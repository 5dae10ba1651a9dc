import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Language } from './language.ts';
import type { Phone, Standing } from './phone.ts';
import type { View } from './view.ts';
import type { Sentences } from './words.ts';

export interface App {
  readonly phone: Phone;
  readonly standing: Standing;
  readonly language: Language;
  readonly words: Sentences;
  readonly online: boolean;
  /** Shows something else; "back" leads here again. */
  go(view: View): void;
  /** Shows something else in place of this: "back" does not lead here. */
  goInstead(view: View): void;
  back(): void;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a view is shown by the app');
  return app;
}

export const useWords = (): Sentences => useApp().words;

/** The time of this device, each second anew. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What is found out by asking the browser; undefined until it has answered. */
export function useAnswer<T>(ask: () => Promise<T>, because: readonly unknown[]): T | undefined {
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    let wanted = true;
    ask().then(found => wanted && setAnswer(() => found));
    return () => {
      wanted = false;
    };
  }, because);
  return answer;
}
