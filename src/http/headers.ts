import type { ServerResponse } from 'node:http';

/**
 * Sent with every answer, errors included: set on the raw response before anyone can answer.
 *
 * `form-action` also governs the redirects after a POST, so a sign-in ends on a page that moves on
 * (web/ui MovingOn) and never by a redirect to an application. `same-origin` and not `no-referrer`:
 * the latter makes Chromium send `Origin: null` with our own forms.
 */
export function setSecurityHeaders(response: ServerResponse, secure: boolean, path = '/'): void {
  response.setHeader('Content-Security-Policy', ofOurPages);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', onTheWay.test(path) ? 'unsafe-none' : 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  response.setHeader('Cache-Control', 'no-store');
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=63072000');
}

/**
 * An application may open a window for its sign-in and wait for it (MSAL does). One page or redirect on the
 * way that leaves the group of windows, and the application believes that the person closed it.
 */
const onTheWay = /^\/(?:external-mfa|oidc|oidc-interaction|sign-in|registration)\//;

/** @param formAction where forms of the page may be sent, redirects of the answer included (CSP 3 §6.4.3) */
export const contentSecurityPolicy = (formAction: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

const ofOurPages = contentSecurityPolicy("'self'");

/** What says nothing about a script or a sheet, and would be a third of their weight. */
export const ofPagesOnly = [
  'Content-Security-Policy',
  'Referrer-Policy',
  'Cross-Origin-Opener-Policy',
  'X-Frame-Options',
  'Permissions-Policy',
] as const;
