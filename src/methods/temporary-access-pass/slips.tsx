import { renderToString } from 'preact-render-to-string';
import { QrCode } from '../../../web/ui/index.ts';
import { inGroups } from '../../kit/typed-code.ts';
import { type Language, languages, wordsFor } from '../../words/index.ts';
import type { PassMade } from './passes.ts';

/** A pass and whose it is: what one slip says. */
export interface Slip {
  readonly made: Extract<PassMade, { made: true }>;
  readonly displayName: string;
  readonly loginName: string;
  /** the person's own: it stands first */
  readonly language: string | undefined;
}

/** What all slips of a print have in common. */
export interface Print {
  readonly organisation: Readonly<Record<Language, string>>;
  readonly timeZone: string;
  /** where people sign in */
  readonly address: string;
}

/**
 * Slips to be cut and handed over, in every language: one page of HTML that needs nothing beside itself, for A4 (several
 * on a sheet) and for A6 (one on each). The picture leads to the sign-in page, and has no pass in it: what is
 * photographed at the counter opens nothing.
 */
export function slipsPage(slips: readonly Slip[], print: Print): string {
  const [first = languages[0]] = languages.filter(language => language === slips[0]?.language);
  return `<!doctype html>${renderToString(
    <html lang={first}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{wordsFor(first).pass.name}</title>
        <style>{style}</style>
      </head>
      <body>
        {slips.map(slip => (
          <OneSlip key={slip.loginName} slip={slip} print={print} />
        ))}
      </body>
    </html>,
  )}`;
}

function OneSlip({ slip, print }: { slip: Slip; print: Print }) {
  const { made, displayName, loginName } = slip;
  const inOrder = languages.toSorted((a, b) => Number(b === slip.language) - Number(a === slip.language));
  return (
    <section>
      <h1>
        {inOrder.map(language => (
          <span key={language} lang={language}>
            {wordsFor(language).pass.slipTitle({ organisation: organisationIn(print, language) })}
          </span>
        ))}
      </h1>
      <p class="whose">
        <bdi>{displayName}</bdi> <bdi>{loginName}</bdi>
      </p>
      <p class="pass">{inGroups(made.pass)}</p>
      <div class="languages">
        {inOrder.map(language => (
          <Explained key={language} language={language} made={made} print={print} />
        ))}
      </div>
      <footer>
        <QrCode text={print.address} label={print.address} />
        <p>{print.address}</p>
      </footer>
    </section>
  );
}

function Explained({ language, made, print }: { language: Language; made: Slip['made']; print: Print }) {
  const { pass: t } = wordsFor(language);
  const time = (at: number): string =>
    new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: print.timeZone,
    }).format(at);
  return (
    <div lang={language}>
      <p class="until">
        {t.slipFrom({ from: time(made.startsAt), to: time(made.endsAt) })}
        <br />
        {made.uses === 'one' ? t.slipOnce : t.slipOften}
      </p>
      <p>{t.slipUse}</p>
      <p>{t.slipKeep}</p>
    </div>
  );
}

/** Until the organisation says its name, it is called by ours. */
const organisationIn = ({ organisation }: Print, language: Language): string =>
  organisation[language] || wordsFor(language).page.product;

/** Without quotation marks: they would be written as entities, which a sheet does not know. */
const style = `
@page { margin: 7mm }
* { box-sizing: border-box; margin: 0 }
body { max-width: 190mm; margin: 0 auto; color: #000; background: #fff;
  font: 9pt/1.4 Hiragino Sans, Noto Sans CJK JP, Noto Sans JP, Yu Gothic, Meiryo, sans-serif }
section { break-inside: avoid; padding: 5mm 0; border-bottom: 1px dashed #777; overflow-wrap: anywhere }
section:last-child { border-bottom: 0 }
h1 { display: flex; flex-wrap: wrap; gap: 0 5mm; font-size: 10pt }
.whose { margin-top: 2mm; font-size: 11pt }
.whose bdi:first-child { margin-right: 3mm; font-weight: 700 }
.pass { margin: 2mm 0; padding: 2mm; border: 1px solid #000; text-align: center; font: 700 15pt/1.3 Courier New, Noto Sans Mono, monospace;
  letter-spacing: .04em; overflow-wrap: normal }
.languages { display: grid; grid-template-columns: repeat(auto-fit, minmax(70mm, 1fr)); gap: 2mm 6mm }
.languages p + p { margin-top: 1mm }
.until { font-weight: 700 }
footer { display: flex; align-items: center; gap: 3mm; margin-top: 2mm }
.qr { flex: none; width: 22mm; height: 22mm }
.qr-ground { fill: #fff }
.qr-modules { fill: #000 }
@media print and (max-width: 120mm) {
  body { font-size: 7.5pt; line-height: 1.3 }
  section { padding: 0; border: 0; break-after: page }
  section:last-child { break-after: auto }
  .whose { margin-top: 1mm; font-size: 9pt }
  .pass { margin: 1mm 0; padding: 1mm; font-size: 13pt }
  footer { margin-top: 1mm }
  .qr { width: 18mm; height: 18mm }
}
@media screen { body { padding: 5mm } }
`;
