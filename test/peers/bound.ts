import { readFileSync } from 'node:fs';

/**
 * Whether somebody on this machine has that port by now, as the system knows it: whoever asked by connecting would be
 * somebody whom the program takes for its caller.
 */
export function isBound(protocol: 'tcp' | 'udp', port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return [protocol, `${protocol}6`]
    .flatMap(table => readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1))
    .map(line => line.trim().split(/\s+/))
    .some(([, at = '', , state]) => at.endsWith(local) && (protocol === 'udp' || state === listening));
}

const listening = '0A';
