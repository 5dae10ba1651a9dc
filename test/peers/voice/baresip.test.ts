import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../src/kit/testing.ts';
import { muLaw, toneSamples } from '../../../src/wire/rtp/index.ts';
import { type Baresip, baresipIsMissing, bestPlace, startBaresip, wavOf } from './baresip.ts';
import { type Caller, openCaller, type Placed, pound } from './caller.ts';
import { makeCertificate, ownAddress } from './programs.ts';

/** Longer than any call: at the end of what it speaks, baresip hangs up. */
const minute = 60 * 8000;
const silence = wavOf(new Int16Array(2 * minute));

describe('baresip', { skip: baresipIsMissing }, () => {
  let closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.map(close => close()));
    closing = [];
  });

  async function phone(options: Parameters<typeof startBaresip>[0]): Promise<Baresip> {
    const started = await startBaresip(options);
    closing.push(started.close);
    return started;
  }

  async function callerOf(settings: object): Promise<Caller> {
    const opened = openCaller(settings);
    closing.push(opened.close);
    await opened.up();
    return opened;
  }

  const isOn = (telephone: Baresip): Promise<unknown> =>
    until(() => telephone.events.some(({ type }) => type === 'CALL_ESTABLISHED'), telephone.said);

  /** As people do, again until something happens: a # of the first second is none, however late a busy machine began to ask. */
  async function presses(telephone: Baresip, keys: string, call: Placed): Promise<void> {
    let isOver = false;
    const over = call.end().finally(() => {
      isOver = true;
    });
    while (!isOver) {
      for (const key of keys) {
        telephone.press(key);
        await sleep(300);
      }
      await Promise.race([over, sleep(1500)]);
    }
  }

  test('a person listens, presses star and pound, and heard the question as it was recorded', async () => {
    const wav = readFileSync('prompts/audio/ja-ask-pound.wav');
    const at = wav.indexOf('data') + 8;
    const samples = Int16Array.from({ length: (wav.length - at) >> 1 }, (_, n) =>
      wav.readInt16LE(at + 2 * n),
    );
    const spoken = muLaw.decode(muLaw.encode(samples));
    const telephone = await phone({ speaks: silence });
    const caller = await callerOf({ proxies: [`sip:${telephone.address}:${telephone.port}`] });
    // In quarters of a second: a busy machine drops something of what was said, as it should, and is asked again then.
    const quarters = Array.from({ length: 8 }, (_, n) => spoken.subarray(n * 2000, (n + 1) * 2000)).filter(
      quarter => quarter.some(sample => Math.abs(sample) > 5000),
    );
    assert.ok(quarters.length > 3);
    const heard = new Set<Int16Array>();
    for (let asked = 1; asked <= 8 && heard.size < quarters.length; asked++) {
      const call = caller.call();
      const happened = (what: string) => telephone.events.filter(({ type }) => type === what).length;
      await until(() => happened('CALL_ESTABLISHED') === asked, telephone.said);
      await sleep(4500);
      await presses(telephone, '*#', call);
      assert.equal(await call.end(), 'confirmed');
      assert.deepEqual(call.states, ['ringing', 'answered', 'confirmed']);
      await until(() => happened('CALL_CLOSED') === asked, telephone.said);
      const recording = telephone.recording();
      const found = quarters
        .map(quarter => ({ quarter, ...bestPlace(recording, quarter) }))
        .filter(({ alike }) => alike > 0.99);
      for (const { quarter } of found) heard.add(quarter);
      const places = found.map(({ at }) => at);
      assert.deepEqual(
        places,
        places.toSorted((one, other) => one - other),
        'in their order',
      );
    }
    assert.equal(heard.size, quarters.length, 'every quarter of a second');
  });

  test('an extension is dialled in keys that the other side hears', async () => {
    const telephone = await phone({ speaks: silence });
    const caller = await callerOf({
      proxies: [`sip:${telephone.address}:${telephone.port}`],
      extensionDigits: 'w{extension}#',
    });
    const call = caller.call({ ...pound, extension: '1234' });
    await isOn(telephone);
    const keys = (): string =>
      telephone.events.flatMap(({ type, param }) => (type === 'CALL_DTMF_START' ? [param] : [])).join('');
    await until(() => keys().length >= 5, keys);
    assert.equal(keys(), '1234#');
    await presses(telephone, '#', call);
    assert.equal(await call.end(), 'confirmed');
  });

  test('tones in the sound press nothing where keys can come as events: a voicemail could say them', async () => {
    const speech = new Int16Array(2 * minute);
    speech.set(toneSamples('#', 200), 2 * 8000);
    const telephone = await phone({ speaks: wavOf(speech) });
    const caller = await callerOf({ proxies: [`sip:${telephone.address}:${telephone.port}`] });
    const call = caller.call();
    await isOn(telephone);
    await sleep(6000);
    telephone.hangUp();
    assert.equal(await call.end(), 'hung-up');
  });

  test('over TLS the voice is encrypted, and a certificate of nobody is not trusted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genkan-tls-'));
    closing.push(async () => rmSync(folder, { recursive: true }));
    const { ca, cert, key } = makeCertificate(folder, ownAddress());
    const both = join(folder, 'both.pem');
    writeFileSync(both, readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'));
    const telephone = await phone({ speaks: silence, account: ';mediaenc=srtp-mand', certificate: both });
    const proxies = [`sip:${telephone.address}:${telephone.tlsPort};transport=tls`];
    const caller = await callerOf({ proxies, srtp: true, tls: { ca: readFileSync(ca, 'utf8') } });
    const call = caller.call();
    await isOn(telephone);
    await presses(telephone, '#', call);
    assert.equal(await call.end(), 'confirmed');
    const distrustful = openCaller({ proxies, srtp: true });
    closing.push(distrustful.close);
    await until(() => distrustful.gateway.state().is === 'down');
  });

  test('whoever talks on for longer than a person would, and hangs up, is taken for a recording', async () => {
    const greeting = Int16Array.from({ length: 8 * 8000 }, (_, n) => 8000 * Math.sin(n / 4));
    const telephone = await phone({ speaks: wavOf(greeting) });
    const caller = await callerOf({ proxies: [`sip:${telephone.address}:${telephone.port}`] });
    const call = caller.call();
    assert.equal(await call.end(), 'voicemail');
    assert.deepEqual(call.states, ['ringing', 'answered', 'voicemail']);
  });

  test('a person who hangs up says nothing', async () => {
    const telephone = await phone({ speaks: silence });
    const caller = await callerOf({ proxies: [`sip:${telephone.address}:${telephone.port}`] });
    const call = caller.call();
    await isOn(telephone);
    telephone.hangUp();
    assert.equal(await call.end(), 'hung-up');
  });
});
