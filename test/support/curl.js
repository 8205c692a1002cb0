// Stands in for curl on a machine without it: the few options that the documents use, and the status on a line of its own.
import { readFileSync, writeFileSync } from 'node:fs';

const options = { method: 'GET', headers: {} };
let url = '';
let target = null;
let showsHead = false;
let method = null;
const args = process.argv.slice(2);
while (args.length > 0) {
  const argument = args.shift();
  if (argument === '-H') {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(args.shift());
    options.headers[name] = value;
  } else if (argument === '-d') {
    options.body = args.shift();
    options.method = 'POST';
  } else if (argument === '--data-binary') {
    options.body = readFileSync(args.shift().slice(1));
    options.method = 'POST';
  } else if (argument === '-o') target = args.shift();
  else if (argument === '-i') showsHead = true;
  else if (argument === '-X') method = args.shift();
  else if (argument === '-w') args.shift();
  else if (!argument.startsWith('-')) url = argument;
}
const response = await fetch(url, { ...options, method: method ?? options.method });
if (showsHead) for (const [name, value] of response.headers) process.stdout.write(`${name}: ${value}\n`);
const body = Buffer.from(await response.arrayBuffer());
if (target) writeFileSync(target, body);
else process.stdout.write(body);
process.stdout.write(`\n${response.status}\n`);
