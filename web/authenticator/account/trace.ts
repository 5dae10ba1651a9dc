/**
 * That there were accounts here. Browsers that erase what a site stored (short of space, or unused
 * for long) leave its cookies: so the app can tell "never set up" from "erased".
 */
const name = 'genkan-authenticator';
const days = 400;

export function leaveTrace(): void {
  write('1', days * 24 * 60 * 60);
}

export function wipeTrace(): void {
  write('', 0);
}

export const hasTrace = (): boolean => document.cookie.split('; ').some(cookie => cookie === `${name}=1`);

function write(value: string, seconds: number): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is younger than the browsers served
  document.cookie = `${name}=${value}; Path=/authenticator; Max-Age=${seconds}; SameSite=Strict${secure}`;
}
