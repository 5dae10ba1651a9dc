import {
  type Framed,
  isResponse,
  type Pdu,
  type Read,
  type Response,
  status,
} from '../../../wire/smpp/index.ts';

type Found = Read | (Framed & { readonly framed: 'too-long' });

/** What SMPP 3.4 says back to what a centre sends, whatever we do with it (§3.3, §4.3, §4.6.2). */
export function replyTo(found: Found): Pdu | undefined {
  if ('framed' in found)
    return isResponse(found.commandId) ? undefined : nack(found.sequence, status.invalidLength);
  if (found.read) return replyToWhole(found.pdu);
  const { commandId, sequence } = found;
  if (isResponse(commandId)) return undefined;
  if (found.because === 'unknown-command') return nack(sequence, status.invalidCommand);
  // For good: a centre that may try again would bring the same for days.
  if (commandId === 0x005) return received('deliver_sm_resp', sequence, status.rejected);
  if (commandId === 0x103) return received('data_sm_resp', sequence, status.rejected);
  return nack(sequence, status.invalidLength);
}

function replyToWhole(pdu: Pdu): Pdu | undefined {
  const { sequence } = pdu;
  switch (pdu.command) {
    case 'enquire_link':
      return { command: 'enquire_link_resp', sequence, status: status.ok };
    case 'unbind':
      return { command: 'unbind_resp', sequence, status: status.ok };
    case 'deliver_sm':
    case 'data_sm':
      return received(`${pdu.command}_resp`, sequence, status.ok);
    case 'submit_sm':
    case 'bind_receiver':
    case 'bind_transceiver':
    case 'bind_transmitter':
      return nack(sequence, status.invalidCommand);
    default:
      return undefined;
  }
}

const nack = (sequence: number, why: number): Pdu => ({ command: 'generic_nack', sequence, status: why });

const received = (command: 'deliver_sm_resp' | 'data_sm_resp', sequence: number, why: number): Pdu => ({
  command,
  sequence,
  status: why,
  messageId: '',
});

export const isAnswer = (pdu: Pdu): pdu is Response & { readonly sequence: number } => 'status' in pdu;
