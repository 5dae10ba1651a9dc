import type { Driver } from '../driver.ts';
import { openSmpp } from './smpp/gateway.ts';
import { type SmppSettings, smppSettings } from './smpp/settings.ts';

/** Texts by way of a message centre (SMPP 3.4): an aggregator's account, or a carrier's own. */
export const smppText: Driver<SmppSettings> = {
  name: 'smpp',
  kind: 'text',
  settings: smppSettings,
  open: (id, settings, deps) => openSmpp(id, settings, deps),
};
