// A program under a supervisor. When it is told to end it writes that into the database, which must still be there; or,
// with `stubborn`, never finishes.
import pg from 'pg';
import { announceReady, followSupervisor } from '../../dist/libs/platform/src/index.js';

const isStubborn = process.argv[2] === 'stubborn';
const work = setInterval(() => undefined, 1000);

followSupervisor(async () => {
  clearInterval(work);
  if (isStubborn) await new Promise(() => setInterval(() => undefined, 1000));
  await query(`insert into ended values (${process.pid})`);
});
await query('create table if not exists ended (pid int)');
announceReady();

async function query(statement) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(statement);
  await client.end();
}
