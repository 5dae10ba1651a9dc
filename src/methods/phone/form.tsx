import {
  Button,
  CountrySelect,
  Field,
  Form,
  Notice,
  RadioGroup,
  usePage,
  useWords,
} from '../../../web/ui/index.ts';
import type { FormProps } from '../method.ts';
import type { NumberFields } from './read.ts';
import type { PhoneKind } from './store.ts';

/** 電話番号の追加: country, number, and whether to text or to call. */
export function NumberForm({
  kind,
  action,
  fields,
  problems,
  error,
  countries,
  confirm,
}: Pick<FormProps<object>, 'action' | 'error' | 'problems'> & {
  kind: PhoneKind;
  fields: NumberFields;
  countries: readonly string[];
  /** a number that was guessed from what was typed, to be looked at before anything is sent */
  confirm: { readonly number: string; readonly shown: string } | undefined;
}) {
  const t = useWords().phone;
  const [usual = 'JP'] = countries;
  return (
    <Form action={action} fields={confirm ? { seen: confirm.number } : {}}>
      <p>{kind === 'mobile' ? t.addLead : t.addCallLead}</p>
      {error && <Notice kind="error">{error}</Notice>}
      {confirm && <Notice kind="info">{t.readsAs({ number: confirm.shown })}</Notice>}
      <CountrySelect
        name="country"
        value={fields.country ?? usual}
        usual={countries}
        error={problems.country}
      />
      <Field
        name="number"
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        label={t.number}
        hint={t.numberHint}
        value={fields.number}
        error={problems.number}
      />
      <p class="quiet" hidden data-read-back="number" data-says={t.willReach} role="status" />
      {kind === 'office' && (
        <Field
          name="extension"
          inputmode="numeric"
          autocomplete="tel-extension"
          width="short"
          label={t.extension}
          hint={t.extensionHint}
          value={fields.extension}
          error={problems.extension}
        />
      )}
      {kind === 'mobile' && (
        <RadioGroup
          name="way"
          label={t.way}
          value={fields.way ?? 'text'}
          error={problems.way}
          options={[
            { value: 'text', label: t.wayText },
            { value: 'call', label: t.wayCall },
          ]}
        />
      )}
      <p class="quiet">{t.charges}</p>
      <Button>{t.next}</Button>
      <script type="module" src={usePage().asset('phone.js')} />
    </Form>
  );
}
