import { AvatarMenu } from './avatar-menu.tsx';
import { useWords } from './context.ts';
import { Button, Form } from './form.tsx';

/** Who is signed in. */
export interface Me {
  readonly displayName: string;
  readonly loginName: string;
}

/** 自身のアイコン, with アカウントを表示 and サインアウト. */
export function AccountMenu({ me }: { me: Me }) {
  const t = useWords().account;
  return (
    <AvatarMenu name={me.displayName} loginName={me.loginName}>
      <a href="/">{t.appsTitle}</a>
      <a href="/account">{t.viewAccount}</a>
      <Form action="/sign-out">
        <Button kind="link">{t.signOut}</Button>
      </Form>
    </AvatarMenu>
  );
}

export type Section = 'account' | 'security-info' | 'sign-ins' | 'devices';

/** The links between a person's own pages. */
export function Sections({ current }: { current: Section }) {
  const t = useWords().account;
  const sections: readonly (readonly [Section, string, string])[] = [
    ['account', '/account', t.overview],
    ['security-info', '/account/security-info', t.securityInfo],
    ['sign-ins', '/account/sign-ins', t.recentTitle],
    ['devices', '/account/devices', t.devicesTitle],
  ];
  return (
    <nav class="sections" aria-label={t.accountTitle}>
      <ul>
        {sections.map(([section, href, label]) => (
          <li key={section}>
            <a href={href} aria-current={section === current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
