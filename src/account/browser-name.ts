/** The first that fits; browsers name those before them, and all of them name Mozilla. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bTeams/, 'Microsoft Teams'],
  [/\bOutlook/, 'Microsoft Outlook'],
  [/\bEdg(?:A|iOS)?\//, 'Microsoft Edge'],
  [/\b(?:OPR|Opera)\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What people call the browser behind a User-Agent: `Chrome, Windows`. What nobody knows is shown as it came, shortened. */
export function browserName(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const known = [browsers, systems].flatMap(names => names.find(([sign]) => sign.test(text))?.[1] ?? []);
  return known.length > 0 ? known.join(', ') : text.slice(0, 40) || '?';
}
