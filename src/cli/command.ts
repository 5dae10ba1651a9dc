import type { Actor, Audit } from '../audit/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Clock } from '../kit/clock.ts';
import type { Hashing } from '../methods/password/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Language, Words } from '../words/index.ts';

/** Where a command writes: a terminal, a file, or a test that listens. */
export interface Screen {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** how wide a terminal is just now, when it says so */
  readonly columns?: number | undefined;
}

/** What a command works with. */
export interface CommandContext {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly hashing: Hashing;
  /** of the organisation: times are shown and read by its clock */
  readonly timeZone: string;
  /** where people reach Genkan: scheme, host and port */
  readonly url: string;
  /** whoever typed it */
  readonly actor: Actor;
  readonly language: Language;
  readonly words: Words['office'];
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/** What came of a command: data for `--json`, and the same for people. */
export interface Output {
  readonly data: unknown;
  /** lines; absent when the command wrote its result itself, piece by piece */
  readonly text?: string;
  /** what one would do next */
  readonly next?: string;
}

/** A command that could not do what was asked. Says why, and what to do next. */
export class CommandFailed extends Error {
  readonly data: unknown;
  readonly next: string | undefined;
  constructor(sentence: string, more: { data?: unknown; next?: string | undefined } = {}) {
    super(sentence);
    this.name = 'CommandFailed';
    this.data = more.data;
    this.next = more.next;
  }
}

export type OptionKind = 'text' | 'flag' | 'list' | 'number';

export interface OptionSpec {
  readonly kind: OptionKind;
  /** the word for its value in the help; also the key of one that several commands explain differently */
  readonly value?: string;
  readonly required?: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<Spec extends OptionSpec> = Spec['kind'] extends 'flag'
  ? boolean
  : Spec['kind'] extends 'list'
    ? readonly string[]
    : Spec['kind'] extends 'number'
      ? number | undefined
      : Spec extends { readonly required: true }
        ? string
        : string | undefined;

export type Values<Specs extends OptionSpecs> = { readonly [Name in keyof Specs]: ValueOf<Specs[Name]> };

/** `<user>` is one, `<users...>` is one or more, `[value]` may be left out. */
export type ArgumentSpec = `<${string}>` | `<${string}...>` | `[${string}]`;

/** What is typed after `genkan`, and what its help page says. */
export interface Shape {
  /** `users reset-password`; also the key of its summary */
  readonly path: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: OptionSpecs;
}

/** Does one thing with the database and is over. */
export interface Command extends Shape {
  run(context: CommandContext, given: Given): Promise<Output>;
}

/** Opens what it needs itself and runs until it is stopped: the server, the demo. */
export interface Program extends Shape {
  /** The exit status. */
  start(given: Given, common: Common, screens: Screens): Promise<number>;
}

/** Options that everything has. */
export interface Common {
  readonly config: string | undefined;
  readonly json: boolean;
  readonly language: string | undefined;
  readonly help: boolean;
}

export interface Screens {
  readonly stdout: Screen;
  readonly stderr: Screen;
}

export interface Given {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** One row of the table of commands; the types of its options come from their declaration. */
export function command<const Specs extends OptionSpecs>(row: {
  readonly path: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: Specs;
  run(context: CommandContext, options: Values<Specs>, ...args: string[]): Promise<Output>;
}): Command {
  return {
    path: row.path,
    arguments: row.arguments ?? [],
    options: row.options ?? {},
    run: (context, given) => row.run(context, given.options as Values<Specs>, ...given.arguments),
  };
}
