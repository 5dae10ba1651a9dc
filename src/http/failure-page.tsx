import { Notice, Page, useWords } from '../../web/ui/index.ts';
import type { ProblemCode } from './problems.ts';

/** What went wrong, what to do, and the number that the office can look up. */
export function FailurePage({ code, number }: { code: ProblemCode; number: string }) {
  const t = useWords().problems;
  return (
    <Page title={t.title} number={number}>
      <Notice kind="error">{t[code]}</Notice>
      <a href="/">{t.home}</a>
    </Page>
  );
}
