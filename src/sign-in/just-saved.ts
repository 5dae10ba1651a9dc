import { type Clock, type Instant, seconds } from '../kit/clock.ts';
import type { SignInId } from '../kit/ids.ts';
import type { SignIn } from './sign-in.ts';

/**
 * What a step saved is what its page shows a moment later, mostly by this process: it need not be read
 * again for that. For showing, once, and only to its browser: whatever is decided is decided by the row.
 */
export interface JustSaved {
  keep(signIn: SignIn, browser: Buffer): void;
  take(id: SignInId, browser: Buffer): SignIn | undefined;
}

const life = seconds(2);

export function openJustSaved(clock: Clock): JustSaved {
  // In the order in which they end.
  const kept = new Map<SignInId, { signIn: SignIn; browser: Buffer; until: Instant }>();
  return {
    keep(signIn, browser) {
      const now = clock.now();
      kept.delete(signIn.id);
      kept.set(signIn.id, { signIn, browser, until: now + life });
      for (const [id, { until }] of kept) {
        if (until > now) break;
        kept.delete(id);
      }
    },
    take(id, browser) {
      const found = kept.get(id);
      if (!found?.browser.equals(browser)) return undefined;
      kept.delete(id);
      return found.until > clock.now() ? found.signIn : undefined;
    },
  };
}
