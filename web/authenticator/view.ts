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
  | {
      readonly at: 'ended';
      readonly request: Request;
      readonly ending: Exclude<Ending, 'unsent'>;
      /** other requests that were there already */
      readonly waiting: readonly string[];
    }
  | { readonly at: 'settings'; readonly device: string }
  | { readonly at: 'remove'; readonly device: string };

/** Whether this request may come in between: nothing is being typed there, and nobody reads how another one ended. */
export function mayInterrupt(view: View, { request }: Request): boolean {
  if (view.at === 'ended') return !view.waiting.includes(request);
  return view.at === 'home' || view.at === 'added' || view.at === 'notify';
}
