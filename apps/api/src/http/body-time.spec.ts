import fastify, { type FastifyInstance } from 'fastify';
import { connect } from 'node:net';
import { answerTooSlow } from './adapter.js';
import { acceptBodies, fileRoute, limitBodyTime } from './json-body.js';

let server: FastifyInstance;
let port: number;
beforeEach(async () => {
  server = fastify();
  acceptBodies(server);
  limitBodyTime(server, 20, answerTooSlow);
  server.post('/v1/units', () => ({ done: true }));
  server.post(fileRoute, async ({ body }) => {
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) size += chunk.length;
    return { size };
  });
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterEach(() => server.close());

/** Sends a head that announces more than comes at once, and the rest when asked to; what was answered until the end. */
function begin(path: string, type: string, first: string, length: number) {
  const socket = connect(port, '127.0.0.1');
  const head = [`POST ${path} HTTP/1.1`, 'host: x', 'connection: close', `content-type: ${type}`];
  socket.write(`${[...head, `content-length: ${length}`].join('\r\n')}\r\n\r\n${first}`);
  let said = '';
  socket.on('data', text => void (said += String(text)));
  const answered = new Promise<string>(resolve => void socket.on('close', () => resolve(said)));
  return { socket, answered };
}

it('a body that does not come to its end is given up with a last word', async () => {
  const { answered } = begin('/v1/units', 'application/json', '{', 100);
  expect(await answered).toMatch(/^HTTP\/1.1 408 .*"status":408/s);
});

it('a body that is whole is not', async () => {
  const { answered } = begin('/v1/units', 'application/json', '{}', 2);
  expect(await answered).toMatch(/^HTTP\/1.1 200 /);
});

it('a file may take longer', async () => {
  const file = begin(fileRoute, 'application/pdf', 'half', 8);
  // Given up while the file is still on its way: so much time has passed for both.
  await begin('/v1/units', 'application/json', '{', 100).answered;
  file.socket.write('half');
  expect(await file.answered).toMatch(/^HTTP\/1.1 200 .*\{"size":8\}/s);
});
