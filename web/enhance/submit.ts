// Small kindnesses of every page. Nothing here is needed for anything to work.

/** A second press while the first is on its way is lost; the button stays as it is and says no less. */
function sendOnce(): void {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.classList.contains('sending')) event.preventDefault();
    else form.classList.add('sending');
    // Who lost the connection may press again.
    setTimeout(() => form.classList.remove('sending'), 10_000);
  });
  // A page that comes back from the back/forward cache was left while sending.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form.sending')) form.classList.remove('sending');
  });
}

function focusFirstError(): void {
  const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (wrong && !wrong.hasAttribute('autofocus')) wrong.focus();
}

function letPasswordsBeSeen(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.peek')) {
    const field = document.getElementById(button.getAttribute('aria-controls') ?? '');
    if (!(field instanceof HTMLInputElement)) continue;
    const show = (shown: boolean) => {
      field.type = shown ? 'text' : 'password';
      button.textContent = (shown ? button.dataset.hide : button.dataset.show) ?? '';
      button.setAttribute('aria-label', (shown ? button.dataset.hideLabel : button.dataset.showLabel) ?? '');
    };
    button.hidden = false;
    button.addEventListener('click', () => show(field.type === 'password'));
    // Password managers and the browser's memory look for a password field.
    field.form?.addEventListener('submit', () => show(false));
  }
}

function letTextsBeCopied(): void {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const words = button.querySelector('[role=status]');
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      if (words) words.textContent = button.dataset.copied ?? '';
    });
  }
}

/** Counts down in words, then shows the button that may now be pressed. */
function countDown(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-left]')) {
    const words = box.querySelector('p');
    const rest = [...box.children].filter(
      (child): child is HTMLElement => child instanceof HTMLElement && child !== words,
    );
    const end = performance.now() + Number(box.dataset.left) * 1000;
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      for (const element of rest) element.hidden = left > 0;
      if (left <= 0) return words?.remove();
      const sentence = left === 1 ? box.dataset.one : box.dataset.many;
      if (words) words.textContent = (sentence ?? '').replace('{n}', String(left));
      setTimeout(tick, 1000);
    };
    tick();
  }
}

function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('.avatar-menu')) {
    document.addEventListener('click', event => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  }
}

sendOnce();
focusFirstError();
letPasswordsBeSeen();
letTextsBeCopied();
countDown();
closeMenus();
