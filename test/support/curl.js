// Stands in for curl on a machine without it: the few options that the documents use, and the status on a line of its own.
const options = { method: 'GET', headers: {} };
let url = '';
const args = process.argv.slice(2);
while (args.length > 0) {
  const argument = args.shift();
  if (argument === '-H') {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(args.shift());
    options.headers[name] = value;
  } else if (argument === '-d') {
    options.body = args.shift();
    options.method = 'POST';
  } else if (argument === '-X') options.method = args.shift();
  else if (argument === '-w') args.shift();
  else if (!argument.startsWith('-')) url = argument;
}
const response = await fetch(url, options);
process.stdout.write(`${await response.text()}\n${response.status}\n`);
