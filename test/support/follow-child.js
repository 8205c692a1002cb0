// Follows the log in a process of its own, and tells of every page: to be killed.
import { EventStore } from '../../dist/libs/event-store/src/index.js';

const store = new EventStore({ connection: { connectionString: process.argv[2] }, role: 'duban_app' });
store
  .subscribe({
    name: 'effects',
    handle: async (events, tx) => {
      for (const { position } of events) await tx.query('INSERT INTO effects VALUES ($1)', [position]);
    },
    onCaughtUp: position => process.send(position),
  })
  .start();
