import type { FastifyPluginAsync } from 'fastify';
import { Button, Card, Form, Notice, Page, Table, useWords } from '../../web/ui/index.ts';
import { fieldsOf } from '../http/fields.ts';
import type { Pages } from '../http/pages.ts';
import type { Campus } from './campus.ts';
import { password, people } from './cast.ts';

/** The desk of the demo: who one can be, what one can try, and on which side of the campus gate one stands. */
export function deskRoutes(deps: { pages: Pages; campus: Campus; sampleUrl: string }): FastifyPluginAsync {
  const { pages, campus } = deps;
  return async server => {
    server.get('/demo', async (request, reply) =>
      pages.send(request, reply, <Desk here={await campus.isHere()} sampleUrl={deps.sampleUrl} />),
    );
    server.post('/demo/campus', async (request, reply) => {
      await campus.move(fieldsOf(request).here === 'yes');
      return reply.redirect('/demo', 303);
    });
  };
}

/** @param here on campus */
export function Desk({ here, sampleUrl }: { here: boolean; sampleUrl: string }) {
  const t = useWords().demo;
  return (
    <Page title={t.title} lead={t.lead} wide>
      <h2>{t.tryTitle}</h2>
      <ul class="cards">
        <li>
          <Card icon="computer" title={t.sample} line={t.sampleLine} href={sampleUrl} />
        </li>
        <li>
          <Card icon="phone" title={t.simulator} line={t.simulatorLine} href="/simulator" />
        </li>
        <li>
          <Card icon="app" title={t.app} line={t.appLine} href="/authenticator" />
        </li>
        <li>
          <Card icon="shield" title={t.account} line={t.accountLine} href="/account" />
        </li>
      </ul>
      <h2>{t.peopleTitle}</h2>
      <p>
        {t.passwordIs} <code class="number">{password}</code>
      </p>
      <Table
        caption={t.peopleTitle}
        head={[t.accountName, t.name, t.story]}
        rows={people.map(person => ({
          key: person.loginName,
          cells: [
            <code>{person.loginName}</code>,
            <span lang={person.language}>{person.displayName}</span>,
            t.stories[person.story],
          ],
        }))}
      />
      <h2>{t.campusTitle}</h2>
      <Notice kind="info" icon="campus">
        {here ? t.onCampus : t.offCampus}
      </Notice>
      <Form action="/demo/campus" row>
        <Button kind="secondary" name="here" value={here ? 'no' : 'yes'}>
          {here ? t.goHome : t.goToCampus}
        </Button>
      </Form>
    </Page>
  );
}
