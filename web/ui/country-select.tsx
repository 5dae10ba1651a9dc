import { usePage, useWords } from './context.ts';
import { countriesIn } from './countries.ts';
import { type Asked, Labelled, tied } from './field.tsx';
import { Script } from './script.tsx';

export interface CountrySelectProps extends Omit<Asked, 'label' | 'name'> {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  /** ISO 3166-1 alpha-2 */
  readonly value: string;
  /** stand first: the organisation's own, and its neighbours */
  readonly usual?: readonly string[] | undefined;
}

/** 国番号: a native list that a script makes searchable where there is a mouse and a keyboard. */
export function CountrySelect({
  name = 'country',
  label,
  value,
  usual = [value],
  hint,
  error,
  id,
}: CountrySelectProps) {
  const { field } = useWords();
  const asked = { name, label: label ?? field.countryCode, hint, error, id };
  const countries = countriesIn(usePage().language);
  const first = usual.flatMap(code => countries.filter(country => country.code === code));
  const option = (country: (typeof countries)[number], selected: boolean) => (
    <option key={country.code} value={country.code} selected={selected} data-search={country.search}>
      {country.label}
    </option>
  );
  return (
    <Labelled {...asked}>
      <p class="hint combo-hint" id={`${asked.id ?? name}-how`}>
        {field.countryHint}
      </p>
      <select
        {...tied(asked)}
        class="input"
        autocomplete="tel-country-code"
        data-country
        data-none={field.noCountry}
        data-one={field.countriesFound({ n: 1 })}
        data-many={field.countriesFound({ n: 0 }).replace('0', '{n}')}
      >
        <optgroup label={field.usualCountries}>
          {first.map(country => option(country, country.code === value))}
        </optgroup>
        <optgroup label={field.allCountries}>
          {countries
            .filter(country => !usual.includes(country.code))
            .map(country => option(country, country.code === value))}
        </optgroup>
      </select>
      <Script name="country.js" />
    </Labelled>
  );
}
