// A process of its own that writes to the store or follows it, as its parent tells it. What it is told by the store is in
// its file before it does anything else, so that its death takes no answer with it.
import { openSync, writeSync } from 'node:fs';
import { follow } from './following.js';
import { type Order, type Word } from './orders.js';
import { write } from './writing.js';

const say = (word: Word) => void process.send?.(word);
let finish: (head: number) => void = () => undefined;

process.on('disconnect', () => process.exit());
process.on('message', (order: Order) => {
  if (order.do === 'finish') return finish(order.head);
  const file = openSync(order.file, 'a');
  const record = (entry: object) => void writeSync(file, `${JSON.stringify(entry)}\n`);
  const head = new Promise<number>(resolve => (finish = resolve));
  const done = order.do === 'write' ? write(order, record) : follow(order, record, head);
  // A rejection here is a defect: it ends the process, and the parent notices.
  void done.then(() => say({ done: true }));
});
say({ ready: true });
