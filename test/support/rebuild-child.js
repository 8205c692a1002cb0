// Rebuilds a projection that never comes to an end, and says when it is in the middle: to be killed there.
import { EventStore } from '../../dist/libs/event-store/src/index.js';

const store = new EventStore({ connection: { connectionString: process.argv[2] }, role: 'duban_app' });
await store.rebuild({
  name: 'shapes',
  batch: 5,
  tables: { tables: [{ name: 'shapes' }, { name: 'totals' }] },
  handle: async (events, tx) => {
    await tx.query(`INSERT INTO shapes VALUES ($1, 1)`, [`half ${events[0].position}`]);
    if (events[0].position === 1) return;
    const sleeping = tx.query('SELECT pg_sleep(3600)');
    process.send('in the middle'); // the server goes on sleeping when this process is gone
    await sleeping;
  },
});
