/** What another language must say: every key of the English section, with the same parameters. */
export type WordsOf<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : English[Key];
};
