import assert from 'node:assert/strict';
import test from 'node:test';
import { eventsOf } from './events.ts';

function streamOf(...pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const event of eventsOf(stream)) found.push(event);
  return found;
}

const read = (...pieces: string[]): Promise<unknown[]> =>
  all(streamOf(...pieces.map(piece => new TextEncoder().encode(piece))));

test('events are read as they come, wherever the network cut them', async () => {
  const whole =
    ': still here\n\nevent: requests\ndata: {"a":1}\n\ndata: one\ndata: two\r\n\r\nevent: cut\ndata: off';
  const events = [
    { event: 'requests', data: '{"a":1}' },
    { event: 'message', data: 'one\ntwo' },
  ];
  assert.deepEqual(await read(whole), events);
  for (let at = 1; at < whole.length; at++)
    assert.deepEqual(await read(whole.slice(0, at), whole.slice(at)), events, `cut at ${at}`);
});

test('letters of several bytes are read whole', async () => {
  const bytes = new TextEncoder().encode('data: けやき大学\n\n');
  for (let at = 1; at < bytes.length; at++) {
    const stream = streamOf(bytes.slice(0, at), bytes.slice(at));
    assert.deepEqual(await all(stream), [{ event: 'message', data: 'けやき大学' }]);
  }
});
