import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language, Words } from '../../src/words/index.ts';

/** Who runs this: what every page shows of it, in the language of the page. */
export interface Organisation {
  readonly name: string;
  /** 問い合わせ先: where to ask, in one line */
  readonly help?: string | undefined;
  /** address of a picture of ours, shown in place of the sign of the house */
  readonly logo?: string | undefined;
}

/** What a page knows of the request that it answers. */
export interface PageContext {
  readonly language: Language;
  readonly words: Words;
  readonly organisation: Organisation;
  /** IANA name; the machine's own when nothing is said */
  readonly timeZone?: string | undefined;
  /** the token that proves that a form is ours, in this browser */
  readonly csrf: string;
  /** where to come back to when the language changes; none for a page that cannot be asked for again */
  readonly path: string | undefined;
  /** the address of a style sheet or script by its file name */
  asset(name: string): string;
}

const Context = createContext<PageContext | undefined>(undefined);

export const PageProvider = Context.Provider;

export function usePage(): PageContext {
  const page = useContext(Context);
  if (!page) throw new Error('components of pages are drawn inside renderPage');
  return page;
}

/** The sentences of the language of the page. */
export const useWords = (): Words => usePage().words;

/** Writes an instant (ms) as people of the page's language write day and time. */
export function useTime(): (instant: number) => string {
  const { language, timeZone } = usePage();
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  return instant => format.format(instant);
}
