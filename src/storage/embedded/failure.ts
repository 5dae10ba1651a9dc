export type FailureKind =
  | 'already-served'
  | 'no-binaries'
  | 'wrong-version'
  | 'not-ours'
  | 'unreachable'
  | 'nameless-user'
  | 'disk-full'
  | 'not-writable'
  | 'does-not-start';

/** Why the private database is not to be had. The message is a sentence for the console that says what to do. */
export class EmbeddedFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.name = 'EmbeddedFailure';
    this.kind = kind;
  }
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
