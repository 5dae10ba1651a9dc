/** Does what concerns one thing in the order in which it was begun, and what concerns others meanwhile. */
export function inTurn(): (thing: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (thing, work) => {
    const before = last.get(thing);
    const mine = before ? before.then(work, work) : work();
    last.set(thing, mine);
    const done = (): void => {
      if (last.get(thing) === mine) last.delete(thing);
    };
    mine.then(done, done);
    return mine;
  };
}
