/** GSM 03.38 §6.2.1, by position. */
const basic = [
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?',
  ...'¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
];
const escapeCode = 0x1b;

/** §6.2.1.1: what follows an escape. */
const extension: readonly (readonly [number, string])[] = [
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
];

const codes = new Map<string, readonly number[]>([
  ...basic.flatMap((character, code) => (code === escapeCode ? [] : [[character, [code]] as const])),
  ...extension.map(([code, character]) => [character, [escapeCode, code]] as const),
]);
const extended = new Map(extension);

/** One octet for each septet, as SMPP carries them; nothing when a character is not in the alphabet. */
export function encodeGsm(text: string): Buffer | undefined {
  const octets: number[] = [];
  for (const character of text) {
    const code = codes.get(character);
    if (!code) return undefined;
    octets.push(...code);
  }
  return Buffer.from(octets);
}

/** An escape that nobody knows shows the character without it (§6.2.1); what is no septet shows as `?`. */
export function decodeGsm(octets: Buffer): string {
  let text = '';
  let escaped = false;
  for (const octet of octets) {
    if (octet === escapeCode && !escaped) {
      escaped = true;
      continue;
    }
    const plain = octet === escapeCode ? ' ' : (basic[octet] ?? '?');
    text += escaped ? (extended.get(octet) ?? plain) : plain;
    escaped = false;
  }
  return text;
}
