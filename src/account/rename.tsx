import type { FastifyInstance } from 'fastify';
import { h } from 'preact';
import { Button, ButtonLink, Field, Form, Page, useWords } from '../../web/ui/index.ts';
import type { Audit } from '../audit/index.ts';
import { fieldsOf } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import { Problem } from '../http/problems.ts';
import type { AnyMethod, Credential } from '../methods/method.ts';
import type { Notices } from '../registration/index.ts';
import type { Storage } from '../storage/index.ts';
import { wordsFor } from '../words/index.ts';
import type { Here, openGuards } from './guards.ts';
import type { Me } from './pages.tsx';

const securityInfo = '/account/security-info';
const path = `${securityInfo}/rename`;

type Named = { method?: string; credential?: string };

/** Where a person calls a device of theirs by another name. */
export function renameRoutes(
  server: FastifyInstance,
  deps: {
    fresh: ReturnType<typeof openGuards>['fresh'];
    pages: Pages;
    storage: Storage;
    audit: Audit;
    notices: Notices;
    chosen(here: Here, named: Named): Promise<{ credential: Credential; method: AnyMethod }>;
  },
): void {
  const { fresh, pages, storage, audit, notices, chosen } = deps;

  async function named(here: Here, which: Named) {
    const { credential, method } = await chosen(here, which);
    const { rename, readName } = method;
    if (!rename || !readName) throw new Problem('not-found');
    return { credential, rename, readName };
  }

  server.get(
    path,
    fresh(
      ({ url }) => url,
      async (here, request, reply) => {
        const { credential } = await named(here, request.query as Named);
        return pages.send(request, reply, h(RenamePage, { me: here.person, credential }));
      },
    ),
  );

  server.post(
    path,
    fresh(
      () => securityInfo,
      async (here, request, reply) => {
        const fields = fieldsOf(request);
        const { credential, rename, readName } = await named(here, fields);
        const read = readName(fields.name ?? '', wordsFor(here.visit.language));
        if ('problem' in read)
          return pages.send(
            request,
            reply,
            h(RenamePage, {
              me: here.person,
              credential,
              typed: fields.name,
              problem: read.problem,
            }),
          );
        const user = here.person.id;
        await storage.tx(async tx => {
          if (!(await rename(tx, credential.id, user, read.name))) return;
          await audit.record(tx, {
            kind: 'credential.changed',
            user,
            actor: { is: 'user', id: user },
            address: here.visit.address,
            detail: { method: credential.method, credential: credential.detail, name: read.name },
          });
          await notices.tell(tx, { user, what: 'renamed', credential, name: read.name });
        });
        return reply.redirect(`${securityInfo}?said=renamed`, 303);
      },
    ),
  );
}

function RenamePage({
  me,
  credential,
  typed,
  problem,
}: {
  me: Me;
  credential: Credential;
  typed?: string | undefined;
  problem?: string | undefined;
}) {
  const { approval: t } = useWords();
  return (
    <Page title={t.renameTitle} me={me}>
      <Form action={path} fields={{ method: credential.method, credential: credential.id }}>
        <Field name="name" label={t.newName} value={typed ?? credential.detail} error={problem} />
        <Button>{t.save}</Button>
      </Form>
      <ButtonLink href={securityInfo} kind="secondary">
        {t.renameNo}
      </ButtonLink>
    </Page>
  );
}
