/**
 * Every way in which a request can fail that a person may see: code, status, and what it means.
 * The sentence shown is `words.problems[code]`; a test compares the two lists.
 */
export const problems = {
  'not-found': { status: 404, means: 'There is no such page.' },
  'bad-request': { status: 400, means: 'The request does not have the shape that the page sends.' },
  'too-large': { status: 413, means: 'The request is larger than any form of ours.' },
  'not-same-site': { status: 403, means: 'The form was not sent by a page of ours in this browser (CSRF).' },
  'cookies-refused': { status: 403, means: 'The browser did not send our cookie back.' },
  'sign-in.over': {
    status: 410,
    means: 'The sign-in was finished, abandoned or took too long; start again.',
  },
  'sign-in.moved-on': { status: 409, means: 'Another tab, or a second press, answered first.' },
  'registration.over': { status: 410, means: 'The registration was finished, abandoned or took too long.' },
  'registration.moved-on': { status: 409, means: 'Another tab, or a second press, answered first.' },
  'registration.not-allowed': { status: 403, means: 'Policy does not allow registering from here.' },
  'security-info.last-method': {
    status: 409,
    means: 'Policy keeps the last method; another must be added first.',
  },
  'not-allowed': { status: 403, means: 'The person is known, and may not do this.' },
  'application.unknown': { status: 400, means: 'The application is not registered, or was disabled.' },
  busy: {
    status: 503,
    means: 'More sign-ins than the machine can hash passwords for; come back in seconds.',
  },
  'database-unavailable': { status: 503, means: 'The database does not answer; nothing was decided.' },
  surprise: { status: 500, means: 'A fault of ours, found in the log by its number.' },
} as const satisfies Record<string, { status: number; means: string }>;

export type ProblemCode = keyof typeof problems;

/** Thrown by whoever finds that a request cannot go on; turned into a page or JSON in one place. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly retryAfter: number | undefined;
  constructor(code: ProblemCode, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(`${code}: ${problems[code].means}`, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}
