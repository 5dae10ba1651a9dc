import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Button, Form, Page, useWords } from '../../web/ui/index.ts';
import { fieldsOf } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import type { Visit } from '../http/visit.ts';
import type { UserId } from '../kit/ids.ts';
import { NewCodesPage, type RecoveryCodes } from '../methods/recovery-code/index.ts';
import type { LeadTo } from '../policies/index.ts';
import type { Me } from './pages.tsx';

type Fresh = (
  returnTo: (request: FastifyRequest) => string,
  handle: (
    here: { readonly visit: Visit; readonly person: Me & { readonly id: UserId } },
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<unknown>,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const path = '/account/security-info/recovery-codes';

/** Where a person makes recovery codes: asked for, shown once, said to be saved. */
export function recoveryCodeRoutes(
  server: FastifyInstance,
  deps: { fresh: Fresh; pages: Pages; codes: RecoveryCodes; securityInfo: string },
): void {
  const { fresh, pages, codes, securityInfo } = deps;
  server.get(
    path,
    fresh(
      () => path,
      async ({ person }, request, reply) =>
        pages.send(
          request,
          reply,
          h(MakePage, {
            me: person,
            left: await codes.left(person.id),
            leadTo: await codes.leadTo(),
          }),
        ),
    ),
  );
  server.post(
    path,
    fresh(
      () => path,
      async ({ person }, request, reply) =>
        pages.send(
          request,
          reply,
          h(NewCodesPage, {
            made: await codes.make(person.id),
            action: `${path}/saved`,
            leadTo: await codes.leadTo(),
          }),
          { once: true },
        ),
    ),
  );
  server.post(
    `${path}/saved`,
    fresh(
      () => path,
      async ({ person, visit }, request, reply) => {
        const saved = await codes.saved(person.id, fieldsOf(request).set ?? '', visit);
        return reply.redirect(saved ? `${securityInfo}?said=codes` : path, 303);
      },
    ),
  );
}

function MakePage({ me, left, leadTo }: { me: Me; left: number; leadTo: LeadTo }) {
  const t = useWords().recovery;
  return (
    <Page title={t.makeTitle} lead={t.goodFor[leadTo]} me={me}>
      {left > 0 && <p>{t.makeOld({ n: left })}</p>}
      <Form action={path}>
        <Button>{t.make}</Button>
      </Form>
    </Page>
  );
}
