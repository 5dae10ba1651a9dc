// Makes the native list of countries searchable (ARIA 1.2 combobox), where there is a mouse and a
// keyboard. The native list stays in the form and keeps the answer; on touch it stays visible.
import { type Findable, findCountries } from '../ui/find-country.ts';

interface Choice extends Findable {
  readonly label: string;
}

function choicesOf(select: HTMLSelectElement): Choice[] {
  const named = ['en', 'ja'].map(language => new Intl.DisplayNames([language], { type: 'region' }));
  return [...select.options].map(option => {
    const [, name = option.label, dialCode = ''] = /^(.*) \(\+(\d+)\)$/.exec(option.label) ?? [];
    const others = named.map(names => names.of(option.value) ?? '');
    const names = [name, ...(option.dataset.search ?? '').split(' '), ...others].filter(Boolean);
    return { label: option.label, code: option.value, dialCode, names };
  });
}

function makeSearchable(select: HTMLSelectElement): void {
  const id = select.id;
  const { one = '', many = '', none = '' } = select.dataset;
  const box = element('div', { class: 'combo' });
  const input = element('input', {
    id,
    class: 'input combo-input',
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-describedby': [`${id}-how`, select.getAttribute('aria-describedby')].filter(Boolean).join(' '),
  });
  const list = element('ul', { id: `${id}-list`, class: 'combo-list', role: 'listbox', hidden: '' });
  const status = element('p', { class: 'unseen', role: 'status' });
  list.setAttribute('aria-label', select.labels[0]?.textContent ?? '');
  const invalid = select.getAttribute('aria-invalid');
  if (invalid) input.setAttribute('aria-invalid', invalid);

  let choices: readonly Choice[] | undefined;
  let shown: readonly Choice[] = [];
  let active = -1;

  const settle = () => {
    input.value = select.selectedOptions[0]?.label ?? '';
  };
  const isOpen = () => !list.hidden;

  function point(at: number): void {
    active = at;
    [...list.children].forEach((item, i) => {
      item.setAttribute('aria-selected', String(i === at));
    });
    const item = list.children[at];
    if (item) {
      input.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function open(typed: string): void {
    choices ??= choicesOf(select);
    shown = findCountries(typed, choices);
    list.replaceChildren(
      ...shown.map((choice, i) => {
        const item = element('li', { id: `${id}-${i}`, role: 'option' });
        item.textContent = choice.label;
        return item;
      }),
    );
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(isOpen()));
    status.textContent =
      shown.length === 0 ? none : (shown.length === 1 ? one : many).replace('{n}', String(shown.length));
    status.classList.toggle('unseen', shown.length > 0);
    point(typed === '' ? shown.findIndex(choice => choice.code === select.value) : 0);
  }

  function close(): void {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    status.textContent = '';
    point(-1);
  }

  function choose(at: number): void {
    const choice = shown[at];
    if (choice) {
      select.value = choice.code;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
    settle();
    close();
  }

  function move(by: number): void {
    if (!isOpen()) open('');
    else point((active + by + shown.length) % shown.length);
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => isOpen() && point(Math.min(active + 6, shown.length - 1)),
    PageUp: () => isOpen() && point(Math.max(active - 6, 0)),
    Enter: () => choose(active),
    Escape: () => {
      settle();
      close();
    },
  };

  input.addEventListener('keydown', event => {
    const act = keys[event.key];
    const untouched = !isOpen() && input.value === select.selectedOptions[0]?.label;
    // Enter and Escape mean what they always mean while nothing is being searched; and whoever
    // converts kana to kanji uses these keys for that.
    if (!act || event.isComposing || (untouched && !event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    act();
  });
  input.addEventListener('input', () => open(input.value));
  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => (isOpen() ? undefined : open('')));
  input.addEventListener('blur', () => choose(active));
  // The press on an item must not take the focus from the field.
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const item = event.target instanceof Element ? event.target.closest('li') : null;
    if (item) choose([...list.children].indexOf(item));
  });
  window.addEventListener('pageshow', settle);

  select.removeAttribute('id');
  select.hidden = true;
  box.append(input, list, status);
  select.before(box);
  settle();
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

if (matchMedia('(hover: hover) and (pointer: fine)').matches) {
  for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-country]'))
    makeSearchable(select);
}
