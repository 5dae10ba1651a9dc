export type { Connection } from './connection.ts';
export { EmbeddedFailure, type FailureKind } from './failure.ts';
export type { Options as EmbeddedOptions } from './house.ts';
export { joinEmbedded } from './join.ts';
export { type EmbeddedDatabase, serveEmbedded } from './serve.ts';
