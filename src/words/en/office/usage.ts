/** How to speak to the command line, and what it did not understand. */
export const usage = {
  intro:
    'Usage: genkan <what> <do> [--options]\nGenkan is a self-hosted identity provider. These are its commands:',
  moreHelp: 'More about one of them: genkan help <what> <do>. Every command takes --json for scripts.',
  unknownCommand: (p: { typed: string; guess: string | undefined }) =>
    `There is no command "${p.typed}".${p.guess ? ` Did you mean "genkan ${p.guess}"?` : ''} All commands: genkan help`,
  unknownOption: (p: { option: string; guess: string | undefined }) =>
    `There is no option ${p.option} here.${p.guess ? ` Did you mean ${p.guess}?` : ''}`,
  optionNeedsValue: (p: { option: string }) =>
    `The option ${p.option} is not given as it should be; see --help.`,
  missingArgument: (p: { argument: string }) => `${p.argument} is missing.`,
  extraArgument: (p: { argument: string }) =>
    `"${p.argument}" is one word too many. Names with spaces need quotation marks.`,
  missingOption: (p: { option: string }) => `${p.option} is missing.`,
  notANumber: (p: { option: string; value: string }) =>
    `${p.option} needs a whole number, and "${p.value}" is none.`,
  oneOf: (p: { option: string; value: string; known: string; guess: string | undefined }) =>
    `"${p.value}" is no value for ${p.option}.${p.guess ? ` Did you mean ${p.guess}?` : ''} Possible: ${p.known}`,
  notATime: (p: { option: string; value: string }) =>
    `"${p.value}" is no time for ${p.option}. Write 2027-04-01 or 2027-04-01T09:00.`,
  notAnAddress: (p: { value: string }) => `"${p.value}" is no IP address.`,
  nothingToChange: 'Nothing was said that should change.',
};
