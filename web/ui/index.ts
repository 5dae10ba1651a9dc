export type { Me, Section } from './account-frame.tsx';
export { Avatar, AvatarMenu, type AvatarMenuProps } from './avatar-menu.tsx';
export { Card, type CardProps, ChoiceCard, type ChoiceCardProps } from './choice.tsx';
export { type Organisation, type PageContext, PageProvider, usePage, useTime, useWords } from './context.ts';
export { Copyable } from './copyable.tsx';
export { Countdown, type CountdownProps } from './countdown.tsx';
export { type Country, countriesIn } from './countries.ts';
export { CountrySelect, type CountrySelectProps } from './country-select.tsx';
export {
  type Asked,
  CodeField,
  type CodeFieldProps,
  Field,
  type FieldProps,
  PasswordField,
  type PasswordFieldProps,
  RadioGroup,
  type RadioGroupProps,
} from './field.tsx';
export {
  Button,
  ButtonLink,
  type ButtonLinkProps,
  type ButtonProps,
  Form,
  type FormProps,
  RowForm,
} from './form.tsx';
export { HandOver, type HandOverProps } from './hand-over.tsx';
export { Icon, type IconName } from './icon.tsx';
export { LiveState, type LiveStateProps, Notice, type NoticeProps, Steps } from './notice.tsx';
export { MovingOn, type MovingOnProps, Page, type PageProps } from './page.tsx';
export { PasskeyForm, type PasskeyFormProps } from './passkey-form.tsx';
export { QrCode } from './qr-code.tsx';
export { Table, type TableProps } from './table.tsx';
export { TimeLeft, type TimeLeftProps } from './time-left.tsx';
