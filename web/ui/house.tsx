import { usePage } from './context.ts';

/** Whose house this is. */
export function House() {
  const { name, logo } = usePage().organisation;
  return (
    <p class="house">
      {logo ? <img src={logo} alt="" height="28" /> : <Sign />}
      <span>{name}</span>
    </p>
  );
}

/** An entrance: a roof, two posts, light in the open door. */
function Sign() {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path
        class="sign-house"
        d="M1.5 8.5 12 2.500l10.5 6v2.200h-21zM4 12.200h16v9.300h-4v-6.500H8v6.500H4z"
      />
      <path class="sign-light" d="M9.5 16.500h5v5h-5z" />
    </svg>
  );
}
