import type { Request, Response } from '../../../wire/smpp/index.ts';

/** What became of a request. */
export type Answered =
  | { readonly is: 'answered'; readonly response: Response }
  /** it was never written: nothing happened */
  | { readonly is: 'unsent' }
  /** it was written, and no answer came: anything may have happened */
  | { readonly is: 'unanswered' };

/** Hears an answer before whatever follows it on the wire, also one that comes after its time. */
export type Heard = (response: Response) => void;

/** Questions to a centre that were not answered yet. */
export interface Pending {
  add(
    command: Request['command'],
    heard?: Heard,
  ): { readonly sequence: number; readonly answered: Promise<Answered> };
  /** False: nobody asked, or it was answered before. */
  answer(response: Response & { readonly sequence: number }): boolean;
  /** An answer of which only the head could be read. */
  answerUnread(sequence: number, status: number): void;
  /** The connection is gone. */
  abandon(): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<unknown>;
}

interface Question {
  readonly command: Request['command'];
  readonly answered: Promise<Answered>;
  settle(answer: Answered): void;
  readonly until: number;
  readonly heard: Heard | undefined;
  waits: boolean;
}

/** Sequence numbers begin anew after this (SMPP 3.4 §3.2). */
const highest = 0x7fff_ffff;
/** Questions whose time is over, kept for an answer that comes nevertheless. */
const mostLate = 10_000;

export function openPending(response: number): Pending {
  /** in the order in which they were asked, which is the order in which their time is over */
  const questions = new Map<number, Question>();
  let last = 0;
  let timer: NodeJS.Timeout | undefined;

  function settle(question: Question, answer: Answered): void {
    if (!question.waits) return;
    question.waits = false;
    question.settle(answer);
  }

  /** One timer for all: each question has the same time. */
  function expire(): void {
    timer = undefined;
    const now = performance.now();
    for (const question of questions.values()) {
      if (!question.waits) continue;
      if (question.until > now) {
        timer = setTimeout(expire, question.until - now);
        return;
      }
      settle(question, { is: 'unanswered' });
    }
    for (const [sequence, question] of questions) {
      if (questions.size <= mostLate || question.waits) break;
      questions.delete(sequence);
    }
  }

  const answerTo = (command: Request['command'], to: Response['command']): boolean =>
    to === `${command}_resp` || to === 'generic_nack';

  function answer({ sequence, ...response }: Response & { readonly sequence: number }): boolean {
    const question = questions.get(sequence);
    if (!question || !answerTo(question.command, response.command)) return false;
    questions.delete(sequence);
    question.heard?.(response);
    settle(question, { is: 'answered', response });
    return true;
  }

  return {
    add(command, heard) {
      do last = last === highest ? 1 : last + 1;
      while (questions.has(last));
      const { promise, resolve } = Promise.withResolvers<Answered>();
      const until = performance.now() + response;
      questions.set(last, { command, answered: promise, settle: resolve, until, heard, waits: true });
      timer ??= setTimeout(expire, response);
      return { sequence: last, answered: promise };
    },

    answer,

    answerUnread(sequence, status) {
      const question = questions.get(sequence);
      if (question?.command === 'submit_sm')
        answer({ command: 'submit_sm_resp', sequence, status, messageId: '' });
    },

    abandon() {
      clearTimeout(timer);
      for (const question of questions.values()) settle(question, { is: 'unanswered' });
      questions.clear();
    },

    settled: () => Promise.all([...questions.values()].map(question => question.answered)),
  };
}
