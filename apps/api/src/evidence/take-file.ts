import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Problem } from '@duban/platform';
import { type FileInput } from '@duban/supervision';
import { type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

type Incoming = Omit<FileInput, 'unit'>;

/** What came of a file, and the fields that stood beside it. */
export type Taken<T> = { file: T; fields: Record<string, string> };

/** `receive` reads the file to its end; `discard` takes back what it did when the rest of the form is not right. */
export type Receiver<T> = { receive: (file: Incoming) => Promise<T>; discard: (file: T) => Promise<void> };

// What a form adds to its file.
const mostAround = 65_536;
const limits = {
  ...{ files: 2, fields: 8, parts: 10, fieldSize: 2000, fieldNameSize: 100 },
  ...{ headerPairs: 20, headerSize: 8192 },
};

/**
 * Hands the file of a request to a receiver while it comes in: the body itself, or the part `file` of a form.
 * @param name of a file that is the body
 * @throws Problem `evidence_too_large`, `evidence_file_needed`, `malformed_request`, and whatever the receiver throws
 */
export async function takeFile<T>(
  { body, headers }: FastifyRequest,
  { name = '', mostBytes }: { name?: string | undefined; mostBytes: number },
  receiver: Receiver<T>,
): Promise<Taken<T>> {
  if (!(body instanceof Readable)) throw new Problem('evidence_file_needed');
  const type = headers['content-type'] ?? null;
  // Told before anything is read: who says so much need not send it.
  if (Number(headers['content-length'] ?? 0) > mostBytes + mostAround)
    throw new Problem('evidence_too_large', { mostBytes });
  if (type !== null && /^multipart\/form-data\b/i.test(type)) return fromForm(body, type, receiver);
  return { file: await receiver.receive({ content: body, name, declared: type }), fields: {} };
}

/** What comes out of a form, one part after the other. */
type Parts<T> = { fields: Record<string, string>; contents: Readable[]; file: Promise<T> | null };

async function fromForm<T>(body: Readable, type: string, receiver: Receiver<T>): Promise<Taken<T>> {
  const form = formFor(type);
  const parts: Parts<T> = { fields: {}, contents: [], file: null };
  const failed = collect(form, body, parts, receiver);
  const finished = new Promise<void>(resolve => void form.once('finish', resolve));
  body.pipe(form);
  try {
    await Promise.race([finished, failed]);
    if (!parts.file) throw new Problem('evidence_file_needed');
    return { file: await parts.file, fields: parts.fields };
  } catch (error) {
    body.unpipe(form);
    for (const content of parts.contents) content.destroy(new Problem('evidence_interrupted'));
    await parts.file?.then(file => receiver.discard(file)).catch(() => undefined); // told already
    throw error;
  }
}

/** Follows a form; what comes back never resolves, and rejects with the first thing that is wrong. */
function collect<T>(
  form: BusboyInstance,
  body: Readable,
  parts: Parts<T>,
  receiver: Receiver<T>,
): Promise<never> {
  return new Promise<never>((_, reject) => {
    form.on('field', (name, value) => void (parts.fields[name] = value));
    form.on('file', (_field, content, name, _encoding, declared) => {
      parts.contents.push(content);
      content.on('error', () => undefined); // whoever reads it is told, too
      if (parts.file) return reject(new Problem('evidence_file_needed'));
      parts.file = receiver.receive({ content, name: name ?? '', declared });
      parts.file.catch(reject);
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
      form.on(limit, () => reject(new Problem('malformed_request')));
    form.on('error', () => reject(new Problem('malformed_request')));
    body.once('error', () => reject(new Problem('evidence_interrupted')));
  });
}

function formFor(type: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': type }, limits, isPartAFile: name => name === 'file' });
  } catch {
    throw new Problem('malformed_request'); // no boundary
  }
}
