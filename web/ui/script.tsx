import { usePage } from './context.ts';

/** A script that a component brings along. A module named twice runs once. */
export function Script({
  name,
}: {
  name: 'submit.js' | 'wait.js' | 'country.js' | 'webotp.js' | 'passkey.js' | 'hand-over.js';
}) {
  return <script type="module" src={usePage().asset(name)} />;
}
