import { HandOver, MovingOn, Notice, Page, useWords } from '../../../web/ui/index.ts';
import type { Back } from './receive.ts';
import type { Refusal } from './refusal.ts';

/** Moves on within us: only then does the browser bring our cookies along. */
export function Arrived({ to }: { to: string }) {
  const t = useWords().externalMfa;
  return <MovingOn title={t.arrived} to={to} link={t.goOn} />;
}

const fieldsOf = ({ error, state }: Pick<Back, 'error' | 'state'>): Record<string, string> => ({
  error,
  ...(state === undefined ? {} : { state }),
});

/** What was proved, on its way to Entra. */
export function Answer({ to, token, state }: { to: string; token: string; state: string | undefined }) {
  const t = useWords().externalMfa;
  const fields = { id_token: token, ...(state === undefined ? {} : { state }) };
  return <HandOver title={t.proved} to={to} fields={fields} button={t.goBack} />;
}

/** That nothing was proved, on its way to Entra. */
export function NoProof({ back }: { back: Back }) {
  const t = useWords().externalMfa;
  return <HandOver title={t.goingBack} to={back.to} fields={fieldsOf(back)} button={t.goBack} />;
}

/** What is wrong, for the person and for whoever set it up; and the way back. */
export function Trouble(props: {
  refusal: Refusal;
  back: Back | undefined;
  number: string;
  clientRequestId: string | undefined;
}) {
  const { refusal, back, number, clientRequestId } = props;
  const t = useWords().externalMfa;
  const said = `${t.refusals[refusal]} ${t.forAdministrator({ code: refusal, number, clientRequestId })}`;
  if (back)
    return (
      <HandOver
        title={t.troubleTitle}
        to={back.to}
        fields={fieldsOf(back)}
        button={t.goBack}
        explains={said}
      />
    );
  return (
    <Page title={t.troubleTitle} number={number}>
      <Notice kind="error">{said}</Notice>
    </Page>
  );
}
