import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { referenceOf } from '../kit/reference.ts';
import { isPassing } from '../storage/index.ts';
import { wordsFor } from '../words/index.ts';
import { FailurePage } from './failure-page.tsx';
import type { Pages } from './pages.ts';
import { Problem, type ProblemCode, problems } from './problems.ts';

/** Turns whatever was thrown into one of the problems: a page for people, JSON for programs. Never a stack. */
export function answerFailures(server: FastifyInstance, pages: Pages): void {
  const answer = async (error: unknown, request: FastifyRequest, reply: Parameters<Pages['send']>[1]) => {
    const problem = problemOf(error);
    const { status } = problems[problem.code];
    const number = referenceOf(request.id);
    // Whoever reads a number to the office must be found by it: every failure is logged, ours with its cause.
    if (status >= 500) request.log.error({ err: error, number }, problem.code);
    else request.log.info({ number, path: request.routeOptions.url }, problem.code);
    if (problem.retryAfter !== undefined) reply.header('Retry-After', String(problem.retryAfter));
    if (wantsJson(request))
      return reply.code(status).send({
        error: { code: problem.code, message: wordsFor('en').problems[problem.code], number },
      });
    const page = h(FailurePage, { code: problem.code, number });
    return pages.send(request, reply, page, { status, inTrouble: true });
  };
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answer(error, request, reply).catch((again: unknown) => {
      // Fastify would answer with the message of the error.
      const number = referenceOf(request.id);
      request.log.error({ err: again, number }, 'a failure could not be shown');
      return reply.code(500).type('text/plain').send(`${number}\n`);
    }),
  );
  server.setNotFoundHandler((request, reply) => answer(new Problem('not-found'), request, reply));
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isPassing(error)) return new Problem('database-unavailable', { cause: error, retryAfter: 2 });
  const status = error instanceof Error ? (error as Partial<FastifyError>).statusCode : undefined;
  const code: ProblemCode =
    status === 413 ? 'too-large' : status !== undefined && status < 500 ? 'bad-request' : 'surprise';
  return new Problem(code, { cause: error });
}

const wantsJson = (request: FastifyRequest): boolean => {
  const accept = request.headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
};
