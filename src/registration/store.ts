import { type Attempts, openAttempts, type Sealer } from '../storage/index.ts';
import type { Registration, RegistrationId } from './registration.ts';

export const registrations = openAttempts<Registration>(
  'registrations',
  ({ loginName, within, returnTo, language, replacing, first, offered, asked, step, asking }) => ({
    loginName,
    within,
    returnTo,
    language,
    replacing,
    first,
    offered,
    asked,
    step,
    asking,
  }),
);

/** What was typed into a form and is shown again beside its mistake: a telephone number, most of the time. */
export function openRegistrations(sealer: Sealer): Attempts<Registration> {
  const place = (id: RegistrationId) => ({ table: 'registrations', column: 'state', row: `fields ${id}` });

  const sealed = (registration: Registration): Registration => {
    const { step, id } = registration;
    if (step.is !== 'form' || Object.keys(step.fields).length === 0) return registration;
    const text = sealer.seal(place(id), JSON.stringify(step.fields)).toString('base64url');
    return { ...registration, step: { ...step, fields: { sealed: text } } };
  };
  const opened = (registration: Registration): Registration => {
    const { step, id } = registration;
    if (step.is !== 'form' || step.fields.sealed === undefined) return registration;
    const text = sealer.open(place(id), Buffer.from(step.fields.sealed, 'base64url')).toString();
    return {
      ...registration,
      step: { ...step, fields: JSON.parse(text) as Readonly<Record<string, string>> },
    };
  };
  return {
    ...registrations,
    inserting: (registration, browser) => registrations.inserting(sealed(registration), browser),
    saving: registration => registrations.saving(sealed(registration)),
    noting: registration => registrations.noting(sealed(registration)),
    async find(db, id, browser, now) {
      const registration = await registrations.find(db, id, browser, now);
      return registration && opened(registration);
    },
  };
}
