/** What a field says by itself, whatever is asked in it. */
export const field = {
  required: 'required',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  copy: 'Copy',
  copied: 'Copied',
  countryCode: 'Country code',
  countryHint: 'Type a country or a code, such as Japan or 81.',
  usualCountries: 'Usual',
  allCountries: 'All countries and regions',
  noCountry: 'No country or region fits.',
  countriesFound: (p: { n: number }) => (p.n === 1 ? '1 fits' : `${p.n} fit`),
};
