/** What every page has around it. */
export const page = {
  product: 'Genkan',
  titled: (p: { title: string; organisation: string }) => `${p.title} – ${p.organisation}`,
  help: 'Contact',
  language: 'Language',
  languageName: 'English',
  skip: 'Go to the content',
  error: 'Error',
  warning: 'Warning',
  number: 'Reference number',
  accountMenu: 'Account menu',
  step: (p: { at: number; of: number }) => `Step ${p.at} of ${p.of}`,
};
