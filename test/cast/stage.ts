import { after, before } from 'node:test';
import { type BrowserOptions, type Chromium, openChromium, type Person } from './chromium.ts';
import { type House, openHouse } from './house.ts';
import { type Mail, openMail } from './mail.ts';
import { type Telephone, telephone } from './telephone.ts';

/** What the stories of one file share: a house, a browser, an application. */
export interface Stage {
  readonly house: House;
  readonly mail: Mail;
  person(options?: Omit<BrowserOptions, 'house'>): Promise<Person>;
  telephone(number: string): Telephone;
}

/** Opens everything before the stories of this file, and closes it after them. */
export function stage(prepare: (house: House) => Promise<void> = async () => {}): Stage {
  let opened: { house: House; mail: Mail; chromium: Chromium } | undefined;
  const ready = () => {
    if (!opened) throw new Error('the stage is opened before the first story');
    return opened;
  };
  before(async () => {
    const [house, chromium] = await Promise.all([openHouse(), openChromium()]);
    await house.given.setting('organisation', {
      name: { ja: 'けやき大学', en: 'Keyaki University' },
      help: {
        ja: '事務局（1号館1階、内線 1234、平日9時～17時）',
        en: 'Office (building 1, extension 1234, weekdays 9–17)',
      },
    });
    opened = { house, chromium, mail: await openMail(house) };
    await prepare(house);
  });
  after(async () => {
    await opened?.chromium.close();
    await opened?.mail.close();
    await opened?.house.close();
  });
  return {
    get house() {
      return ready().house;
    },
    get mail() {
      return ready().mail;
    },
    person: (options = {}) => ready().chromium.openBrowser({ house: ready().house, ...options }),
    telephone: number => telephone(ready().house, number),
  };
}
