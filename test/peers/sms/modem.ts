import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One message as the modem was given it: a PDU of 3GPP TS 23.040. */
export interface Given {
  readonly to: string;
  readonly text: string;
  /** whether the network is asked to report (TP-SRR) */
  readonly report: boolean;
}

/** A GSM modem on a TCP port that knows the few AT commands that smsd needs (3GPP TS 27.005). */
export async function openModem(): Promise<{
  readonly port: number;
  readonly given: readonly Given[];
  /** what it says to a message: taken, or an error of the network */
  mood: 'takes' | 'refuses';
  /** The network reports on the message of this number (1, 2 …): TP-Status of 3GPP TS 23.040. */
  receipt(message: number, status: number): void;
  close(): Promise<void>;
}> {
  const given: Given[] = [];
  const sockets = new Set<Socket>();
  const modem = { mood: 'takes' as 'takes' | 'refuses' };
  const waitingReports: string[] = [];
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let waiting = '';
    let wantsPdu = false;
    socket.on('data', data => {
      waiting += data.toString('latin1');
      for (;;) {
        const end = waiting.indexOf(wantsPdu ? '\u001a' : '\r');
        if (end < 0) return;
        const line = waiting.slice(0, end).trim();
        waiting = waiting.slice(end + 1);
        socket.write(answer(line));
      }
    });
    function answer(line: string): string {
      if (wantsPdu) {
        wantsPdu = false;
        if (modem.mood === 'refuses') return '\r\n+CMS ERROR: 38\r\n';
        given.push(readPdu(line));
        return `\r\n+CMGS: ${given.length}\r\n\r\nOK\r\n`;
      }
      if (line.startsWith('AT+CMGS=')) {
        wantsPdu = true;
        return '\r\n> ';
      }
      const told: Readonly<Record<string, string>> = {
        'AT+CPIN?': '+CPIN: READY',
        'AT+CREG?': '+CREG: 0,1',
        'AT+CSQ': '+CSQ: 20,0',
        'AT+CIMI': '440101234567890',
        'AT+CGSN': '490154203237518',
      };
      if (line === 'AT+CPMS?') return `\r\n+CPMS: "SM",${waitingReports.length},10\r\n\r\nOK\r\n`;
      const slot = /^AT\+CMGR=(\d+)/.exec(line)?.[1];
      if (slot !== undefined) {
        const pdu = waitingReports[Number(slot) - 1];
        return pdu === undefined
          ? '\r\nOK\r\n'
          : `\r\n+CMGR: 0,,${pdu.length / 2 - 1}\r\n${pdu}\r\n\r\nOK\r\n`;
      }
      if (line.startsWith('AT+CMGD=')) {
        waitingReports.shift();
        return '\r\nOK\r\n';
      }
      const more = told[line];
      return more === undefined ? '\r\nOK\r\n' : `\r\n${more}\r\n\r\nOK\r\n`;
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(modem, {
    port: (server.address() as AddressInfo).port,
    given,
    receipt(message: number, status: number) {
      const about = given[message - 1];
      if (!about) throw new Error(`message ${message} was never given`);
      waitingReports.push(statusReport(message, about.to, status));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  });
}

/** SMS-SUBMIT in UCS-2: the address and the text. */
function readPdu(hex: string): Given {
  const bytes = Buffer.from(hex, 'hex');
  let at = (bytes[0] ?? 0) + 1;
  const first = bytes[at] ?? 0;
  at += 2;
  const digits = bytes[at] ?? 0;
  at += 2;
  const swapped = bytes.subarray(at, at + Math.ceil(digits / 2)).toString('hex');
  const to = swapped.replace(/(.)(.)/g, '$2$1').slice(0, digits);
  at += Math.ceil(digits / 2) + 1;
  const coding = bytes[at] ?? 0;
  at += 1;
  // The validity period, of one octet (§9.2.3.3).
  if ((first & 0x18) === 0x10) at += 1;
  const length = bytes[at] ?? 0;
  const body = bytes.subarray(at + 1, at + 1 + length);
  const text = (coding & 0x0c) === 8 ? Buffer.from(body).swap16().toString('utf16le') : body.toString('hex');
  return { to, text, report: (first & 0x20) !== 0 };
}

/** SMS-STATUS-REPORT without the address of the centre (§9.2.2.3). */
function statusReport(message: number, to: string, status: number): string {
  const octet = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase();
  const digits = (to.length % 2 === 0 ? to : `${to}F`).replace(/(.)(.)/g, '$2$1');
  // 2026-04-06 10:00:00, in quarters of an hour from UTC: +36.
  const time = '62406001000063';
  return `00${octet(0x06)}${octet(message)}${octet(to.length)}91${digits}${time}${time}${octet(status)}`;
}
