import type { ComponentChildren } from 'preact';
import { useWords } from './context.ts';

export interface AvatarMenuProps {
  readonly name: string;
  readonly loginName: string;
  /** links and forms: アカウントを表示, サインアウト */
  readonly children: ComponentChildren;
}

/** 自身のアイコン: opens without script. */
export function AvatarMenu({ name, loginName, children }: AvatarMenuProps) {
  const { accountMenu } = useWords().page;
  return (
    <details class="avatar-menu" data-guide="avatar">
      <summary aria-label={`${accountMenu}: ${name}`}>
        <Avatar name={name} />
      </summary>
      <div class="avatar-sheet">
        <div class="avatar-who">
          <Avatar name={name} />
          <p>
            <strong>{name}</strong>
            <span>{loginName}</span>
          </p>
        </div>
        {children}
      </div>
    </details>
  );
}

export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** 山田 太郎 → 山; Taro Yamada → TY */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const latin = /^\p{Script=Latin}/u.test(name);
  return (latin ? words.slice(0, 2) : words.slice(0, 1))
    .map(word => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
