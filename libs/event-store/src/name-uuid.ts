import { hash } from 'node:crypto';

/**
 * Gives names their UUIDs in a namespace (RFC 9562, version 5): the same for the same name on every machine.
 * @example const idOf = uuidsIn('6f0a3c5e-9d41-5b7a-8c1e-2f6b4d8e7a90'); idOf('task-004:3.1')
 */
export function uuidsIn(namespace: string): (name: string) => string {
  const prefix = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  let scratch = Buffer.alloc(0);
  return name => {
    const most = prefix.length + 3 * name.length;
    if (scratch.length < most) {
      scratch = Buffer.allocUnsafeSlow(Math.max(2 * most, 1024));
      scratch.set(prefix);
    }
    const end = prefix.length + scratch.write(name, prefix.length);
    return spelt(hash('sha1', scratch.subarray(0, end), 'hex'));
  };
}

/** The first 16 bytes of a digest with the marks of version 5 and of the variant. */
function spelt(digest: string): string {
  const variant = variants.charAt(Number.parseInt(digest.charAt(16), 16) & 3);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

const variants = '89ab';
