// Another process, which follows the log with a read model until the one that started it is gone.
import { progressProjection } from '../project/projection.js';
import { openStore } from '../support/store.js';

process.once(
  'message',
  ({ serverUrl, database, name }: Record<'serverUrl' | 'database' | 'name', string>) => {
    const store = openStore(serverUrl, database);
    const onCaughtUp = () => void (process.connected && process.send?.('following'));
    store.subscribe({ ...progressProjection(name), onCaughtUp }).start();
    process.once('disconnect', () => void store.close().finally(() => process.exit()));
  },
);
