export const languages = ['ja', 'en'] as const;

export type Language = (typeof languages)[number];

/** The first of these languages (BCP 47) that we speak; Japanese when we speak none. */
export const spoken = (tags: readonly string[]): Language =>
  tags.map(tag => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'ja';

const isLanguage = (text: string | undefined): text is Language =>
  languages.some(language => language === text);
