import type { Device } from './match.ts';

/** A token as a file of its maker describes it. */
export interface Delivered extends Omit<Device, 'drift'> {
  readonly line: number;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  /** whom it is for, where the file says so */
  readonly loginName: string | undefined;
}

export interface FileProblem {
  readonly line: number;
  readonly problem:
    | 'unreadable'
    | 'columns'
    | 'serial'
    | 'secret'
    | 'interval'
    | 'algorithm'
    | 'mac'
    | 'key-needed'
    | 'key-length'
    | 'sealed-by-password'
    | 'sealed-for-certificate'
    | 'sealed-otherwise'
    | 'twice'
    | 'there-already'
    | 'nobody';
  readonly value?: string;
}

export interface FileRead {
  readonly tokens: readonly Delivered[];
  readonly problems: readonly FileProblem[];
}

/** As it stands on its back: printable, without spaces, in capitals. */
export function readSerial(typed: string): string | undefined {
  const serial = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return /^[A-Z0-9][A-Z0-9._/-]{0,63}$/.test(serial) ? serial : undefined;
}
