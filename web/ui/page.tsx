import type { ComponentChildren } from 'preact';
import { AccountMenu, type Me, type Section, Sections } from './account-frame.tsx';
import { usePage, useWords } from './context.ts';
import { Foot } from './foot.tsx';
import { ButtonLink } from './form.tsx';
import { House } from './house.tsx';
import { Script } from './script.tsx';

export interface PageProps {
  /** the one heading, and the title of the window */
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** room for lists and tables, in place of the narrow card */
  readonly wide?: boolean | undefined;
  /** who is signed in: brings the menu at the top right */
  readonly me?: Me | undefined;
  /** which of a person's own pages this is: brings the links to the others */
  readonly section?: Section | undefined;
  /** seconds after which the page asks for itself again, without script */
  readonly refresh?: number | undefined;
  /** address that says as JSON whether to go on: `{ state, next? }`; web/enhance/wait.ts asks it */
  readonly wait?: string | undefined;
  /** where the page goes by itself, at once: a path or a web address */
  readonly moveOn?: string | undefined;
  /** what the office looks up, when something went wrong */
  readonly number?: string | undefined;
  readonly children?: ComponentChildren;
}

/** A whole page: head, the house's sign, one card, help and languages. */
export function Page(props: PageProps) {
  const { language, organisation, asset } = usePage();
  const { page } = useWords();
  const { title, lead, wide, me, section, wait, number, children } = props;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{page.titled({ title, organisation: organisation.name })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={asset('page.css')} />
        <Refresh {...props} />
      </head>
      <body class={wide ? 'wide' : 'narrow'}>
        <a class="skip" href="#main">
          {page.skip}
        </a>
        <header class="top">
          <House />
          {me && <AccountMenu me={me} />}
        </header>
        {section && <Sections current={section} />}
        <main id="main" class="card" data-wait={wait}>
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
          {children}
          {number && (
            <p class="reference">
              {page.number} <code>{number}</code>
            </p>
          )}
        </main>
        <Foot />
        <Script name="submit.js" />
        {wait && <Script name="wait.js" />}
      </body>
    </html>
  );
}

/** With a script that waits, the page asks for itself again only where scripts do not run. */
function Refresh({ refresh, wait, moveOn }: PageProps) {
  if (moveOn !== undefined) return <meta http-equiv="refresh" content={`0;url=${safe(moveOn)}`} />;
  if (refresh === undefined) return null;
  const again = <meta http-equiv="refresh" content={String(refresh)} />;
  return wait === undefined ? again : <noscript>{again}</noscript>;
}

/** Within us, to a web address, or to an app by its own scheme (RFC 8252 §7.1): to nothing that runs as a script. */
function safe(address: string): string {
  if (!/^(?:https?:\/\/|\/(?![/\\])|[a-z][a-z\d+-]*\.[a-z\d+.-]*:)[^\s"<>]*$/i.test(address))
    throw new Error('a page moves on only to a path, a web address or an app');
  return address;
}

export interface MovingOnProps {
  readonly title: string;
  /** a path or a web address */
  readonly to: string;
  /** the words of the link, for who does not want to wait */
  readonly link: string;
}

/**
 * A page that goes on by itself. A redirect would do, but not in answer to a form: `form-action`
 * governs it too, and would stop the person on the last step into an application.
 */
export function MovingOn({ title, to, link }: MovingOnProps) {
  return (
    <Page title={title} moveOn={to}>
      <ButtonLink href={to}>{link}</ButtonLink>
    </Page>
  );
}
