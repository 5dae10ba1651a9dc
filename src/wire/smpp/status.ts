/** Values of command_status that we look at or answer with (SMPP 3.4 §5.1.3). */
export const status = {
  ok: 0x00,
  invalidLength: 0x02,
  invalidCommand: 0x03,
  systemError: 0x08,
  alreadyBound: 0x05,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  queueFull: 0x14,
  invalidSystemType: 0x53,
  throttled: 0x58,
  rejected: 0x66,
} as const;

const names = new Map<number, string>([
  [0x01, 'message length is invalid'],
  [0x02, 'command length is invalid'],
  [0x03, 'invalid command'],
  [0x04, 'not bound for this'],
  [0x05, 'already bound'],
  [0x08, 'system error'],
  [0x0a, 'invalid source address'],
  [0x0b, 'invalid destination address'],
  [0x0d, 'bind failed'],
  [0x0e, 'invalid password'],
  [0x0f, 'invalid system id'],
  [0x14, 'message queue full'],
  [0x15, 'invalid service type'],
  [0x45, 'submit failed'],
  [0x48, 'invalid source address type'],
  [0x49, 'invalid source numbering plan'],
  [0x50, 'invalid destination address type'],
  [0x51, 'invalid destination numbering plan'],
  [0x53, 'invalid system type'],
  [0x58, 'throttled'],
  [0x61, 'invalid delivery time'],
  [0x62, 'invalid validity period'],
  [0x64, 'temporary application error'],
  [0x65, 'permanent application error'],
  [0x66, 'rejected'],
  [0xff, 'unknown error'],
]);

/** For operators: `0x58 throttled`. */
export function statusName(value: number): string {
  const name = names.get(value);
  return `0x${value.toString(16).padStart(2, '0')}${name ? ` ${name}` : ''}`;
}
