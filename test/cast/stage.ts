import { after, before } from 'node:test';
import { type BrowserOptions, type Chromium, openChromium, type Person } from './chromium.ts';
import { type House, openHouse } from './house.ts';
import { type Mail, openMail } from './mail.ts';
import { simulated, type Telephone, type Telephones } from './telephone.ts';

/** What the stories of one file share: a house, a browser, an application. */
export interface Stage {
  readonly house: House;
  readonly mail: Mail;
  person(options?: Omit<BrowserOptions, 'house'>): Promise<Person>;
  telephone(number: string): Telephone;
}

interface Setting {
  readonly openTelephones?: () => Promise<Telephones>;
  readonly windows?: boolean;
}

/** Opens everything before the stories of this file, and closes it after them. @param windows for pages that notify */
export function stage(
  prepare: (house: House) => Promise<void> = async () => {},
  { openTelephones = simulated, windows = false }: Setting = {},
): Stage {
  let opened: { house: House; mail: Mail; chromium: Chromium; telephones: Telephones } | undefined;
  const ready = () => {
    if (!opened) throw new Error('the stage is opened before the first story');
    return opened;
  };
  const closing: (() => Promise<void>)[] = [];
  /** Closed in the end, also when what follows it cannot be opened: a browser that stays keeps the process alive. */
  async function kept<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
    const one = await opening;
    closing.unshift(one.close);
    return one;
  }
  before(async () => {
    const telephones = await kept(openTelephones());
    const { gateways } = telephones;
    const house = await kept(openHouse(gateways ? { telephones: gateways } : {}));
    await house.given.setting('organisation', {
      name: { ja: 'けやき大学', en: 'Keyaki University' },
      help: {
        ja: '事務局（1号館1階、内線 1234、平日9時～17時）',
        en: 'Office (building 1, extension 1234, weekdays 9–17)',
      },
    });
    const mail = await kept(openMail(house));
    opened = { house, telephones, mail, chromium: await kept(openChromium({ windows })) };
    await prepare(house);
  });
  after(async () => {
    for (const close of closing) await close();
  });
  return {
    get house() {
      return ready().house;
    },
    get mail() {
      return ready().mail;
    },
    person: (options = {}) => ready().chromium.openBrowser({ house: ready().house, ...options }),
    telephone: number => ready().telephones.telephone(ready().house, number),
  };
}
