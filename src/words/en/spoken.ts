/** What the voice says: the words of the recordings in `prompts/`, which `prompts/render.sh` speaks. */
export const spoken = {
  'ask-pound':
    'This is a sign-in verification call. If you are signing in, press the pound key. On an analog line, press star, then pound. If you are not signing in, press zero, then pound.',
  'ask-number':
    'This is a sign-in verification call. If you are signing in, key in the number that the screen shows, then press pound. On an analog line, press star first. If you are not signing in, press zero, then pound.',
  confirmed: 'You are verified. You may hang up now.',
  fraud: 'The sign-in was stopped. Please contact your office.',
  'wrong-key': 'We could not verify you. Please follow the screen and try again.',
  'no-key': 'No key was pressed. Goodbye.',
};
