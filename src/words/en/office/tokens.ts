/** Hardware tokens. */
export const tokens = {
  imported: (p: { n: number }) => `${p.n} hardware token(s) were taken over.`,
  importedNext: (p: { file: string }) => `delete ${p.file}: whoever has it has all of these tokens`,
  notImported: (p: { file: string }) => `Nothing of ${p.file} was taken over:`,
  line: (p: { line: number; value: string | undefined; problem: string }) =>
    `line ${p.line}${p.value === undefined ? '' : ` "${p.value}"`}: ${p.problem}`,
  problems: {
    unreadable: 'this cannot be read as CSV or PSKC',
    columns: 'the columns must be upn,serial number,secret key,time interval,manufacturer,model',
    serial: 'this is no serial number',
    secret: 'the secret key must be base32 of 16 to 128 letters and digits',
    interval: 'the time interval must be 30 or 60',
    algorithm: 'a way of making or sealing codes that is not known here',
    mac: 'a key was altered on its way, or the key of the file is another one',
    'key-needed': 'the keys are encrypted: give --key-file',
    'key-length': 'the file of --key-file must hold 32 hexadecimal digits (AES-128)',
    'sealed-by-password':
      'the keys are encrypted with a password, which is not read here: ask its maker for AES-128-CBC with a pre-shared key',
    'sealed-for-certificate':
      'the keys are encrypted for a certificate, which is not read here: ask its maker for AES-128-CBC with a pre-shared key',
    'sealed-otherwise':
      'the keys are encrypted in a way that is not read here: ask its maker for AES-128-CBC with a pre-shared key',
    twice: 'this serial number is in the file twice',
    'there-already': 'this token is there already',
    nobody: 'there is no such user',
  },
  states: {
    stock: 'in stock',
    assigned: 'assigned',
    active: 'active',
    lost: 'lost',
    retired: 'retired',
  },
  changed: (p: { serial: string }) => `${p.serial}: done.`,
  refused: {
    'no-token': 'There is no such token.',
    'wrong-codes': 'These are not two codes in a row of this token. Wait for new ones and try again.',
    held: 'Somebody uses this token. Unassign it first.',
    withdrawn: 'This token was withdrawn.',
  },
};
