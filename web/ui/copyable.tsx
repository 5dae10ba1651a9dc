import { useWords } from './context.ts';
import { Icon } from './icon.tsx';

/** Something to be typed elsewhere: large enough to read off, and a button to take it along. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  const { copy, copied } = useWords().field;
  return (
    <div class="copyable">
      <span class="label">{label}</span>
      <span class="copyable-row">
        <code>{text}</code>
        <button type="button" class="button secondary small" hidden data-copy={text} data-copied={copied}>
          <Icon name="copy" />
          <span role="status">{copy}</span>
        </button>
      </span>
    </div>
  );
}
