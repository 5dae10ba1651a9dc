import { type SpokenLanguage, spokenWordsFor } from '../../words/index.ts';

/** GSM 03.38 without its escapes: 160 of these fit into one message, 70 of any others (UCS-2). */
const gsm = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
const fits = (text: string): boolean => text.length <= (gsm.test(text) ? 160 : 70);

/**
 * The text with a code, in one message. Its last line binds the code to our site, so that a phone fills it
 * in there and nowhere else (WICG origin-bound one-time codes). What does not fit is left out: first the
 * advice, then the end of the organisation's name.
 */
export function textFor(what: {
  language: SpokenLanguage;
  organisation: string;
  host: string;
  code: string;
}): string {
  const { text, advice } = spokenWordsFor(what.language).message;
  const bound = `@${what.host} #${what.code}`;
  const named = (organisation: string, more: string): string =>
    `${text({ code: what.code, organisation })}${more}\n\n${bound}`;
  const name = [...what.organisation];
  const cutMark = gsm.test(what.organisation) ? '...' : '…';
  const shorter = Array.from(
    { length: name.length },
    (_, cut) => `${name.slice(0, -1 - cut).join('')}${cutMark}`,
  );
  const candidates = [
    named(what.organisation, `\n${advice}`),
    named(what.organisation, ''),
    ...shorter.map(organisation => named(organisation, '')),
  ];
  return candidates.find(fits) ?? `${what.code}\n\n${bound}`;
}
