import type { SetUpLink } from './account/link.ts';
import type { Ending } from './answer.ts';
import type { Request } from './phone.ts';

/** What the app shows. It goes into the browser's history, so that "back" means what it means everywhere. */
export type View =
  | { readonly at: 'home'; readonly said?: 'removedHere' | 'removedHereOnly' }
  | { readonly at: 'erased' }
  | { readonly at: 'scan' }
  | { readonly at: 'type' }
  | { readonly at: 'add'; readonly link: SetUpLink }
  | { readonly at: 'added'; readonly device: string }
  | { readonly at: 'notify'; readonly device: string }
  | { readonly at: 'request'; readonly request: Request }
  | { readonly at: 'ended'; readonly request: Request; readonly ending: Exclude<Ending, 'unsent'> }
  | { readonly at: 'settings'; readonly device: string }
  | { readonly at: 'remove'; readonly device: string };

/** Where a request may come in between: nothing is being typed there. */
export const mayBeInterrupted = ({ at }: View): boolean =>
  at === 'home' || at === 'added' || at === 'notify' || at === 'ended';
