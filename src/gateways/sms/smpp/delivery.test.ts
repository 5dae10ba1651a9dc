import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { newId, type UserId } from '../../../kit/ids.ts';
import { until } from '../../../kit/testing.ts';
import { testStorage } from '../../../storage/testing.ts';
import { status } from '../../../wire/smpp/index.ts';
import type { Delivery } from '../../deliver.ts';
import { aText, number, standingClock, takingText, testDelivery } from '../../testing.ts';
import { type Centre, openCentre, smppFor } from './testing.ts';

describe('delivery over SMPP', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function scene(
    patience = 60_000,
    ...how: Parameters<typeof smppFor> extends [number, ...infer Rest] ? Rest : never
  ): Promise<{ centre: Centre; delivery: Delivery; second: ReturnType<typeof takingText> }> {
    const centre = await openCentre();
    const second = takingText('second');
    const { gateway } = smppFor(centre.port, ...how);
    await centre.until(() => gateway.state().is === 'up');
    const delivery = testDelivery(storage, { text: [gateway, second] }, standingClock(), { patience });
    open.push(centre, delivery);
    return { centre, delivery, second };
  }
  let people = 0;
  const textToSomebody = () => {
    people += 1;
    return aText({ user: newId() as UserId, to: number(`+8190${String(people * 10_001).padStart(8, '3')}`) });
  };
  const becomes = async (delivery: Delivery, id: string, state: string): Promise<void> => {
    let is: string | undefined;
    await until(
      async () => {
        is = await delivery.outcome(id);
        return is === state;
      },
      () => `${is}, not ${state}`,
    );
  };

  test('a centre that drops a text leaves it in doubt: no other gateway sends it', async () => {
    const { centre, delivery, second } = await scene();
    centre.onSubmit = ({ session }) => session.socket.destroy();
    const text = textToSomebody();
    assert.equal((await delivery.sendText(text)).sent, true);
    assert.equal(await delivery.outcome(text.id), 'unknown');
    assert.equal(second.taken.length, 0);
    assert.equal(centre.submits.length, 1);
  });

  test('what a slow centre says in the end is told, first of the answer and then of the receipt', async () => {
    const { centre, delivery, second } = await scene(1500);
    const held: Parameters<Centre['onSubmit']>[0][] = [];
    centre.onSubmit = submit => held.push(submit);
    const [one, two] = [textToSomebody(), textToSomebody()];
    await Promise.all([delivery.sendText(one), delivery.sendText(two)]);
    assert.equal(second.taken.length, 0);
    const to = ({ to }: { to: string }) =>
      held.find(({ message }) => message.destination.digits === to.slice(1));
    const [first, other] = [to(one), to(two)];
    assert.ok(first && other);
    centre.accept(first, 'late');
    centre.refuse(other, 0x45);
    await becomes(delivery, two.id, 'undelivered');
    centre.receipt('late', 'DELIVRD', one.to.slice(1));
    await becomes(delivery, one.id, 'delivered');
  });

  test('a centre that throttles for longer than the person waits gives way to the next gateway', async () => {
    // It pauses for longer than that: nothing is on its way to the centre when the person's patience ends.
    const pauses = { throttled: { first: 60_000, most: 60_000 } };
    const { centre, delivery, second } = await scene(3000, {}, pauses);
    centre.onSubmit = submit => centre.refuse(submit, status.throttled);
    const text = textToSomebody();
    assert.equal((await delivery.sendText(text)).sent, true);
    await delivery.settled();
    assert.equal(await delivery.outcome(text.id), 'accepted');
    assert.deepEqual(
      second.taken.map(({ id }) => id),
      [text.id],
    );
  });

  test('a receipt finds its text after a restart, and over the connection of another node', async () => {
    const { centre, delivery } = await scene();
    const text = textToSomebody();
    centre.onSubmit = submit => centre.accept(submit, '00A7');
    await delivery.sendText(text);
    await delivery.settled();
    assert.equal(await delivery.outcome(text.id), 'accepted');
    await delivery.close();
    open.pop();
    await centre.until(() => centre.sessions.size === 0);

    const again = testDelivery(storage, { text: [smppFor(centre.port).gateway] }, standingClock());
    open.push(again);
    await centre.until(() => centre.sessions.size === 1);
    centre.receipt('a7', 'UNDELIV', text.to.slice(1));
    await becomes(again, text.id, 'undelivered');
    centre.receipt('a7', 'DELIVRD', text.to.slice(1));
    centre.receipt('nobody knows', 'DELIVRD', text.to.slice(1));
    await again.settled();
    assert.equal(await again.outcome(text.id), 'undelivered');
  });
});
