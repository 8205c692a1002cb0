// One life of an embedded server, as whoever runs this: start, take over, lose the server by force, start again, stop.
// Prints one line of JSON.
import pg from 'pg';
import { startEmbedded } from '../../dist/libs/platform/src/index.js';

const [folder] = process.argv.slice(2);

const first = await startEmbedded({ folder });
await query('create table kept (text text)');
await query(`insert into kept values ('市科技局')`);
const second = await startEmbedded({ folder });
process.kill(first.pid, 'SIGKILL');
const third = await startEmbedded({ folder });
const [{ text }] = await query('select text from kept');
await third.stop();

const reused = [first, second, third].map(server => server.reused);
const sameUrl = first.url === second.url && second.url === third.url;
console.log(JSON.stringify({ uid: process.getuid(), reused, sameUrl, text, isAlive: third.isAlive() }));

async function query(statement) {
  const client = new pg.Client({ connectionString: first.url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
