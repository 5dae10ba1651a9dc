// Reads a telephone number back while it is typed: `813-1234-5678` → +81 3 1234 5678. The server reads
// it again, and more strictly; what this script guesses and shows, it also says in the form.

const codeOf = (select: HTMLSelectElement | null): string =>
  /\(\+(\d+)\)/.exec(select?.selectedOptions[0]?.textContent ?? '')?.[1] ?? '';

/** The digits behind the plus, or nothing while the number is not long enough to be one. */
function read(typed: string, code: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/(?:内線|ext|x|#).*$/i, '');
  const digits = plain.replace(/\D/g, '');
  if (digits.length < 9) return undefined;
  const national = (rest: string): string => rest.replace(/^0+/, '');
  if (/^\s*\+/.test(plain))
    return digits.startsWith(code) ? code + national(digits.slice(code.length)) : digits;
  const abroad = /^(?:010|00)(?=[1-9])/.exec(digits);
  if (abroad) return read(`+${digits.slice(abroad[0].length)}`, code);
  if (digits.startsWith('0')) return code + national(digits);
  return digits.startsWith(code) && digits.length >= code.length + 9 ? digits : code + digits;
}

/** With hyphens where the person typed them; else as most numbers are written. */
function grouped(digits: string, code: string, typed: string): string {
  if (!digits.startsWith(code)) return `+${digits}`;
  let rest = digits.slice(code.length);
  const groups: string[] = [];
  for (const part of typed.normalize('NFKC').split(/\D+/).filter(Boolean).reverse()) {
    if (!rest.endsWith(part) || part === rest) break;
    groups.unshift(part);
    rest = rest.slice(0, -part.length);
  }
  const all = groups.length > 0 ? [rest, ...groups] : [rest.slice(0, -8), rest.slice(-8, -4), rest.slice(-4)];
  return `+${code} ${all.filter(Boolean).join('-')}`;
}

for (const place of document.querySelectorAll<HTMLElement>('[data-read-back]')) {
  const field = document.getElementById(place.dataset.readBack ?? '');
  const form = place.closest('form');
  if (!(field instanceof HTMLInputElement) || !form) continue;
  const country = form.querySelector<HTMLSelectElement>('select[name=country]');
  const seen =
    form.querySelector<HTMLInputElement>('input[name=seen]') ??
    form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'seen' }));
  const show = (): void => {
    const code = codeOf(country);
    const digits = read(field.value, code);
    place.hidden = digits === undefined;
    seen.value = digits === undefined ? '' : `+${digits}`;
    if (digits !== undefined)
      place.textContent = `${place.dataset.says ?? ''} ${grouped(digits, code, field.value)}`;
  };
  field.addEventListener('input', show);
  country?.addEventListener('change', show);
  show();
}
