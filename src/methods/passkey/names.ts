import type { Words } from '../../words/index.ts';

/** Products that people know by name, by AAGUID. A name in a list; nothing is decided by it. */
const products: Readonly<Record<string, string>> = {
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  'adce0002-35bc-c60a-648b-0b25f1f05503': 'Chrome (Mac)',
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'iCloud Keychain',
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': 'iCloud Keychain',
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'Windows Hello',
  'bada5566-a7aa-401f-bd96-45619a55120d': '1Password',
  'd548826e-79b4-db40-a3d8-11116f7e8349': 'Bitwarden',
  '531126d6-e717-415c-9320-3d9aa6981239': 'Dashlane',
  '0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6': 'Keeper',
  '53414d53-554e-4700-0000-000000000000': 'Samsung Pass',
  'de1e552d-db1d-4423-a619-566b625cdc84': 'Microsoft Authenticator (Android)',
  '90a3ccdf-635c-4729-a248-9b709135078f': 'Microsoft Authenticator (iOS)',
  'cb69481e-8ff7-4039-93ec-0a2729a154a8': 'YubiKey 5',
  'ee882879-721c-4913-9775-3dfcce97072a': 'YubiKey 5',
  'fa2b99dc-9e39-4257-8f92-4a30d23c4118': 'YubiKey 5 NFC',
  '2fc0579f-8113-47ea-b116-bb5a8db9202a': 'YubiKey 5 NFC',
};

/** What a person will recognise it by in a list. */
export function nameOf(
  made: { readonly aaguid: string; readonly transports: readonly string[]; readonly backupEligible: boolean },
  words: Words,
): string {
  const known = products[made.aaguid];
  if (known) return known;
  const plugged = made.transports.some(way => way === 'usb' || way === 'nfc');
  if (plugged && !made.backupEligible) return words.passkey.securityKey;
  return made.transports.includes('internal') ? words.passkey.ofThisDevice : words.passkey.passkey;
}
