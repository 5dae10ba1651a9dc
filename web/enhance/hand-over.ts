// A page that hands an answer over: sends its form at once. Without this script, people press the button.

const form = document.querySelector<HTMLFormElement>('form[data-hand-over=now]');

// Once: who comes back with the back button would send an answer that is spent.
if (form && performance.getEntriesByType('navigation').every(entry => !isReturn(entry))) form.requestSubmit();

function isReturn(entry: PerformanceEntry): boolean {
  return entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward';
}
