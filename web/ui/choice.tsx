import { Icon, type IconName } from './icon.tsx';

interface Words {
  readonly icon: IconName;
  readonly title: string;
  /** what it needs, in one line */
  readonly line?: string | undefined;
  /** a word beside the title: おすすめ */
  readonly badge?: string | undefined;
}

export interface ChoiceCardProps extends Words {
  readonly name: string;
  readonly value: string;
}

/** A whole row to press, inside a Form: choosing is sending. */
export function ChoiceCard({ name, value, ...words }: ChoiceCardProps) {
  return (
    <button type="submit" class="choice" name={name} value={value}>
      <Row {...words} />
    </button>
  );
}

export interface CardProps extends Words {
  readonly href: string;
}

/** A whole row that leads somewhere. */
export function Card({ href, ...words }: CardProps) {
  return (
    <a class="choice" href={href}>
      <Row {...words} />
    </a>
  );
}

function Row({ icon, title, line, badge }: Words) {
  return (
    <>
      <Icon name={icon} />
      <span class="choice-words">
        <span class="choice-title">
          {title} {badge && <span class="badge">{badge}</span>}
        </span>
        {line && <span class="choice-line">{line}</span>}
      </span>
      <Icon name="chevron" />
    </>
  );
}
