import { useWords } from '../app-context.ts';
import { Button, Notice, Sheet } from './parts.tsx';

/** There were accounts, and the browser has thrown them away: what happened, and what to do. */
export function Erased({ next }: { next(): void }) {
  const words = useWords();
  return (
    <Sheet title={words.erasedTitle}>
      <Notice kind="warning">{words.erasedLead}</Notice>
      <p>{words.erasedWhy}</p>
      <p>{words.erasedSafe}</p>
      <ol class="steps-list">
        {words.erasedDo.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Button onClick={next}>{words.erasedUnderstood}</Button>
    </Sheet>
  );
}
