import type { DeliverySettings } from '../../gateways/index.ts';
import type { Language } from '../../words/index.ts';

/** What administrators decide about phones. */
export interface PhoneSettings extends DeliverySettings {
  /** named in every text; short names fit better */
  readonly organisation: Readonly<Record<Language, string>>;
  /** the host of our pages: a code is filled in there only */
  readonly host: string;
  /** `#` alone, or the two digits on the page and then `#` */
  readonly callConfirmation: '#' | 'number';
  /** where calls come from, as it is shown before the phone rings; absent: nobody can say */
  readonly callerNumber: string | undefined;
}
