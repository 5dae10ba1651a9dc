import { type PhoneNumber, parsePhoneNumber } from '../gateways/index.ts';

/** The number of a simulated telephone: as people in Japan write it, or any number in E.164. */
export function telephoneNumber(text: string): PhoneNumber | undefined {
  const reading = parsePhoneNumber(text, { defaultCountry: 'JP', allowedCountries: ['JP'], voip: 'allowed' });
  if (reading.ok) return reading.number;
  const plain = text.replace(/[\s()-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? (plain as string as PhoneNumber) : undefined;
}
