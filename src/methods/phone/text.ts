import { type SpokenLanguage, spokenWordsFor } from '../../words/index.ts';

/** GSM 03.38 without its escapes: 160 of these fit into one message, 70 of any others (UCS-2). */
const gsm = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
const fits = (text: string): boolean => text.length <= (gsm.test(text) ? 160 : 70);

/** Less of a name names nobody. */
const leastOfName = 3;

/**
 * The text with a code, in one message. Its last line binds the code to our site, so that a phone fills it
 * in there and nowhere else (WICG origin-bound one-time codes). What does not fit is left out: first the
 * advice, then the end of the organisation's name, and where our host is too long for even that, the last
 * line (docs/decisions/0010).
 */
export function textFor(what: {
  language: SpokenLanguage;
  organisation: string;
  host: string;
  code: string;
}): string {
  const { text, advice } = spokenWordsFor(what.language).message;
  const bound = `\n\n@${what.host} #${what.code}`;
  const named = (organisation: string): string => text({ code: what.code, organisation });
  const name = [...what.organisation];
  const cutMark = gsm.test(what.organisation) ? '...' : '…';
  const shorter = Array.from({ length: Math.max(0, name.length - leastOfName) }, (_, cut) =>
    named(`${name.slice(0, -1 - cut).join('')}${cutMark}`),
  );
  const whole = named(what.organisation);
  const ways = [`${whole}\n${advice}`, whole, ...shorter];
  return [...ways.map(way => way + bound), ...ways].find(fits) ?? what.code;
}
