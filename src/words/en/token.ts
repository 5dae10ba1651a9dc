/** Hardware tokens: small devices that show codes. */
export const token = {
  name: 'Hardware token',
  line: 'A small device that shows a code. The office hands it out.',
  choice: (p: { name: string }) => `Use a code from the hardware token ${p.name}`,
  title: 'Enter the code of your token',
  codeHint: 'The code that the token shows now. If it has a button, press it first.',
  serialTitle: 'Add a hardware token',
  serial: 'Serial number',
  serialHint: 'It stands on the back of the token.',
  serialUnknown: 'No token with this number lies ready for you. Look at it once more, or ask the office.',
  added: 'The hardware token was added',
  addedLine: 'From now on you can prove who you are with the codes that it shows.',
};
