import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type Configuration,
  ConfigurationError,
  type GatewayEntry,
  nameOf,
  unknownKey,
} from '../config/index.ts';
import { nearest } from '../kit/nearest.ts';
import type { Driver, DriverDeps } from './driver.ts';
import type { Terms, TextGateway, VoiceGateway } from './gateway.ts';
import { httpText } from './sms/http.ts';
import { kannelText } from './sms/kannel.ts';
import { smppText } from './sms/smpp.ts';
import { smstoolsText } from './sms/smstools.ts';
import { twilioText } from './sms/twilio.ts';
import { sipVoice } from './voice/sip.ts';
import { twilioVoice } from './voice/twilio.ts';

/** Every way to reach the telephone network, by the name that the configuration gives it: one line each. */
const drivers: readonly Driver[] = [
  smppText,
  twilioText,
  httpText,
  kannelText,
  smstoolsText,
  sipVoice,
  twilioVoice,
];

type Entries = Configuration['gateways'];
type Kind = keyof Entries;

/** One gateway whose settings were read and are right. */
interface Planned {
  readonly kind: Kind;
  readonly id: string;
  open(deps: DriverDeps): TextGateway | VoiceGateway;
}

/**
 * Reads the settings of every gateway, each with the schema of its driver.
 * @throws ConfigurationError with every problem at once, by the name of its key: `gateways.text[0].host`
 */
export function checkGateways(entries: Entries, known: readonly Driver[] = drivers): readonly Planned[] {
  const problems: string[] = [];
  const planned = (['text', 'voice'] as const).flatMap(kind =>
    entries[kind].flatMap((entry, index) => {
      const read = plan(kind, entry, known);
      if ('open' in read) return [read];
      problems.push(
        ...read.problems.map(({ path, says }) => says(nameOf(['gateways', kind, index, ...path]))),
      );
      return [];
    }),
  );
  const ids = [...entries.text, ...entries.voice].map(({ id }) => id);
  for (const id of new Set(ids))
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`gateways: two of them have the id ${id}.`);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return planned;
}

/** Opens every gateway of the configuration, in its order. They connect in the background. */
export function openGateways(
  entries: Entries,
  depsOf: (id: string) => DriverDeps,
  known: readonly Driver[] = drivers,
): { readonly text: readonly TextGateway[]; readonly voice: readonly VoiceGateway[] } {
  const opened = checkGateways(entries, known).map(({ id, open }) => open(depsOf(id)));
  return {
    text: opened.filter(gateway => gateway.kind === 'text'),
    voice: opened.filter(gateway => gateway.kind === 'voice'),
  };
}

interface Problem {
  readonly path: readonly PropertyKey[];
  says(name: string): string;
}

function plan(
  kind: Kind,
  entry: GatewayEntry,
  known: readonly Driver[],
): Planned | { problems: readonly Problem[] } {
  const { id, driver: name, countries, cost, ...rest } = entry;
  const driver = known.find(d => d.kind === kind && d.name === name);
  if (!driver)
    return { problems: [{ path: ['driver'], says: at => `${at}: ${noDriver(kind, name, known)}` }] };
  const unread: Problem[] = [];
  const read = driver.settings.safeParse(filled(rest, [], unread));
  if (unread.length > 0) return { problems: unread };
  if (!read.success) return { problems: read.error.issues.flatMap(issue => problemsOf(issue, driver)) };
  const terms: Terms = { ...(countries ? { countries } : {}), ...(cost ? { cost } : {}) };
  return { kind, id, open: deps => ({ ...driver.open(id, read.data, deps), terms }) };
}

function noDriver(kind: Kind, name: string, known: readonly Driver[]): string {
  if (known.some(d => d.name === name))
    return `${name} is a driver for ${kind === 'text' ? 'calls' : 'texts'}, and belongs under gateways.${kind === 'text' ? 'voice' : 'text'}.`;
  const names = known.filter(d => d.kind === kind).map(d => d.name);
  const guess = nearest(name, names);
  return `there is no driver ${name}${guess ? `; did you mean ${guess}?` : `; there are: ${names.join(', ')}.`}`;
}

/** The settings with what lies in files of its own: `passwordFile` becomes `password`. */
function filled(value: unknown, path: readonly PropertyKey[], unread: Problem[]): unknown {
  if (Array.isArray(value)) return value.map((inner, index) => filled(inner, [...path, index], unread));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const name = /^(.+)File$/.exec(key)?.[1];
      if (name === undefined) return [[key, filled(inner, [...path, key], unread)]];
      const text = contents(inner);
      if (text !== undefined) return [[name, text]];
      unread.push({ path: [...path, key], says: at => `${at}: ${String(inner)} cannot be read.` });
      return [];
    }),
  );
}

function contents(file: unknown): string | undefined {
  if (typeof file !== 'string') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Told as a problem of this setting, beside the others.
    return undefined;
  }
}

function problemsOf(issue: z.core.$ZodIssue, driver: Driver): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      path: [...issue.path, key],
      says: at =>
        unknownKey(
          at,
          keysAt(driver, issue.path).map(known => at.slice(0, -key.length) + known),
        ),
    }));
  return [{ path: issue.path, says: at => `${at}: ${issue.message}` }];
}

/** What may stand where the unknown key stood. */
function keysAt(driver: Driver, path: readonly PropertyKey[]): readonly string[] {
  interface Node {
    readonly properties?: Readonly<Record<string, Node>>;
    readonly items?: Node;
  }
  let node: Node | undefined = z.toJSONSchema(driver.settings, {
    io: 'input',
    unrepresentable: 'any',
  }) as Node;
  for (const key of path) node = typeof key === 'number' ? node?.items : node?.properties?.[String(key)];
  return Object.keys(node?.properties ?? {});
}
