import type { Assurance } from './assurance.ts';
import type { Missing } from './demands.ts';
import type { MethodId } from './evidence.ts';
import type { PolicyRef } from './policy.ts';

/** What the policies that applied say about the session; ms. */
export interface SessionControls {
  /** how old any evidence may become */
  readonly maxAge: number | undefined;
  /** how old everything but a secret that one knows may become */
  readonly secondFactorMaxAge: number | undefined;
  readonly persistentBrowser: 'always' | 'never' | undefined;
}

/** Graph's reportOnlySuccess, reportOnlyFailure, reportOnlyInterrupted, reportOnlyNotApplied. */
export interface ReportOnly {
  readonly policy: PolicyRef;
  readonly outcome: 'success' | 'failure' | 'interrupted' | 'notApplied';
}

/** Something that should not happen, for the operator's log; never shown to people. */
export interface Fault {
  readonly policy: PolicyRef | undefined;
  readonly message: string;
}

export type BlockReason =
  /** a policy says so */
  | 'policy'
  /** nothing that this person has or could register would be enough */
  | 'cannot-be-met'
  /** this person has no first factor */
  | 'no-first-factor'
  /** something broke, and nobody is let in; see `faults` */
  | 'fault';

export type Verdict =
  | {
      readonly outcome: 'grant';
      /** the policies that applied */
      readonly because: readonly PolicyRef[];
      readonly session: SessionControls;
      readonly assurance: Assurance;
    }
  | {
      readonly outcome: 'ask';
      /** the policies that are not satisfied yet; none: the application's demand, or the limits of several together */
      readonly because: readonly PolicyRef[];
      /** the methods that lead on, strongest first; never empty */
      readonly methods: readonly MethodId[];
      readonly missing: readonly Missing[];
    }
  | {
      /** Nothing that this person has is enough, and everything that they have was shown. */
      readonly outcome: 'register';
      readonly because: readonly PolicyRef[];
      /** the methods of which registering one leads on, strongest first; never empty */
      readonly methods: readonly MethodId[];
      readonly missing: readonly Missing[];
    }
  | { readonly outcome: 'block'; readonly because: readonly PolicyRef[]; readonly reason: BlockReason }
  | {
      /** What the application demands cannot be met by this person; the application gets its error. */
      readonly outcome: 'unmet';
      readonly because: readonly PolicyRef[];
      readonly missing: readonly Missing[];
    };

export type Decision = Verdict & {
  /** every policy in report-only, in order */
  readonly reportOnly: readonly ReportOnly[];
  readonly faults: readonly Fault[];
};
