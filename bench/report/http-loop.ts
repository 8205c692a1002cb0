import { connect } from 'node:net';
import { type Run, quantilesOf } from '../support/measure.js';

/** Connections that each send the next request as soon as the last one was answered. Times are in seconds. */
export type Load = { port: number; connections: number; warmSeconds: number; seconds: number };

/** What was answered after the warm-up, and how much was sent in all. */
export type LoadRun = Run & { sent: number };

/**
 * Keeps connections busy over HTTP/1.1. No client library: on two cores the generator must cost next to nothing.
 * @param requestAt the bytes of the nth request, as a latin1 string
 * @throws Error on the first answer that is not 201, and on a connection that breaks
 */
export async function httpLoop(load: Load, requestAt: (n: number) => string): Promise<LoadRun> {
  const begin = performance.now() + load.warmSeconds * 1000;
  const end = begin + load.seconds * 1000;
  const times: number[] = [];
  let sent = 0;
  let last = begin;
  const next = () => (performance.now() < end ? requestAt(sent++) : null);
  const answered = (from: number) => {
    const to = performance.now();
    if (from < begin) return;
    times.push(to - from);
    last = to;
  };
  await Promise.all(Array.from({ length: load.connections }, () => converse(load.port, next, answered)));
  const seconds = (last - begin) / 1000;
  return { n: times.length, seconds, rate: times.length / seconds, ...quantilesOf(times), sent };
}

function converse(port: number, next: () => string | null, answered: (from: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    let from = 0;
    let unread = '';
    let over = false;
    const send = () => {
      const request = next();
      if (request === null) {
        over = true;
        return void socket.end();
      }
      from = performance.now();
      socket.write(request, 'latin1');
    };
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', () => (over ? resolve() : reject(new Error('the server closed a connection'))));
    socket.on('data', (part: string) => {
      unread += part;
      const length = lengthOf(unread);
      if (unread.length < length) return;
      if (unread.length > length || !unread.startsWith('HTTP/1.1 201 ')) {
        socket.destroy(new Error(`not the one answer 201: ${unread.slice(0, 1000)}`));
        return;
      }
      unread = '';
      answered(from);
      send();
    });
  });
}

/** How long the answer is with its head; infinite while the head is not all there. */
function lengthOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return Infinity;
  const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
  return head + 4 + Number(length ?? NaN);
}
