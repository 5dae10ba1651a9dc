import type { z } from 'zod';

/** What a schema did not accept: where, and a key or a word of the schema that says why. */
export interface FieldProblem {
  /** `settings.redirectUris.0` */
  readonly field: string;
  readonly problem: string;
  readonly value?: string;
}

export const fieldProblems = (error: z.ZodError): readonly FieldProblem[] =>
  error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({ field: [...issue.path, key].join('.'), problem: 'unknown-setting' }))
      : [{ field: issue.path.join('.'), problem: issue.message }],
  );
