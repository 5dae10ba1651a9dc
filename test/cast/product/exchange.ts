import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallState } from '../../../src/gateways/index.ts';
import type { Answer, Told } from './network.ts';

export interface Sent {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
}

/** 'hangs': takes it and never says so. */
export type Mood = 'takes' | 'refuses' | 'hangs';

/** The telephone exchange of a town: it outlives the products that are connected to it, and forgets nothing. */
export interface Exchange {
  readonly texts: readonly Sent[];
  readonly calls: readonly Omit<Sent, 'text'>[];
  mood: Mood;
  connect(product: ChildProcess): void;
  /** The code of the newest text to a number; waits for it, and gives up after `patience` ms. */
  codeFor(number: string, since: number, patience?: number): Promise<string | undefined>;
  report(call: string, state: CallState): void;
}

export function openExchange(): Exchange {
  const texts: Sent[] = [];
  const calls: Omit<Sent, 'text'>[] = [];
  const newest = new Map<string, Sent>();
  const products = new Set<ChildProcess>();
  const answer = (product: ChildProcess, message: Answer): void => {
    if (product.connected) product.send(message, () => undefined);
  };

  const self: Exchange = {
    texts,
    calls,
    mood: 'takes',
    connect(product) {
      products.add(product);
      product.once('exit', () => products.delete(product));
      product.on('message', (told: Told) => {
        if (told.is === 'ready') return;
        const { mood } = self;
        const { id, to } = told;
        if (mood !== 'refuses') {
          const sent = { id, to, text: told.is === 'text' ? told.text : '', at: Date.now() };
          if (told.is === 'text') {
            texts.push(sent);
            newest.set(to, sent);
          } else calls.push(sent);
        }
        if (mood !== 'hangs') answer(product, { is: 'taken', id, taken: mood === 'takes' });
      });
    },
    async codeFor(number, since, patience = 5_000) {
      for (const end = Date.now() + patience; Date.now() < end; await pause(5)) {
        const sent = newest.get(number);
        const code = sent && sent.at >= since && /#(\d{6})/.exec(sent.text)?.[1];
        if (code) return code;
      }
      return undefined;
    },
    report(call, state) {
      for (const product of products) answer(product, { is: 'state', id: call, state });
    },
  };
  return self;
}
