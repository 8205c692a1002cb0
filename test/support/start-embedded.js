// Starts an embedded server in the folder and reports what came of it to the parent. The server goes on.
import { startEmbedded } from '../../dist/libs/platform/src/index.js';

try {
  const { url, reused } = await startEmbedded({ folder: process.argv[2] });
  process.send({ url, reused });
} catch (error) {
  process.send({ fault: error.message });
}
process.disconnect();
