import { languages, wordsFor } from '../../src/words/index.ts';
import { usePage, useWords } from './context.ts';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';

/** Help and languages: on every page at the same place (WCAG 3.2.6). */
export function Foot() {
  const { organisation, path } = usePage();
  const { page } = useWords();
  return (
    <footer class="foot">
      {organisation.help && (
        <p>
          <strong>{page.help}</strong>
          {organisation.help}
        </p>
      )}
      {path !== undefined && <LanguageSwitch back={path} />}
    </footer>
  );
}

function LanguageSwitch({ back }: { back: string }) {
  const { language } = usePage();
  return (
    <div class="languages">
      <Icon name="globe" />
      <Form action="/language" fields={{ back }}>
        {languages.map(each => {
          const name = wordsFor(each).page.languageName;
          return each === language ? (
            <span key={each} lang={each} aria-current="true">
              {name}
            </span>
          ) : (
            <button key={each} type="submit" class="link" name="language" value={each} lang={each}>
              {name}
            </button>
          );
        })}
      </Form>
    </div>
  );
}
