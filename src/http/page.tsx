import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type PageContext, PageProvider } from '../../web/ui/index.ts';

/** A page as it goes over the wire. */
export function renderPage(context: PageContext, page: JSX.Element): string {
  return `<!doctype html>${renderToString(<PageProvider value={context}>{page}</PageProvider>)}`;
}
