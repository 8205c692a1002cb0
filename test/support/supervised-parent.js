// A supervisor with one program, for specs. Tells its own parent the URL once the program is ready, and every sentence
// that it logs.
import { Supervisor } from '../../dist/libs/platform/src/index.js';

const [folder, ...childArguments] = process.argv.slice(2);
const tell = message => process.connected && process.send(message);

const supervisor = new Supervisor({ folder, log: sentence => tell({ sentence }) });
supervisor.stopOnSignals();
try {
  const url = await supervisor.start();
  const path = new URL('./supervised-child.js', import.meta.url).pathname;
  if (await supervisor.run({ name: 'child', path, args: childArguments })) tell({ url });
} catch (error) {
  tell({ fault: error.message });
  await supervisor.stop();
}
await supervisor.stopped;
if (process.connected) process.disconnect();
