import { isSignedAsSaid, type Seal } from './seal.js';

/** A file of seals that cannot be used. */
export class SealFileInvalid extends Error {
  override readonly name = 'SealFileInvalid';
}

const format = 'duban-seals/1';

/** All seals as one text, for somebody outside to keep. */
export function writeSealFile(seals: readonly Seal[]): string {
  const lines = seals.map(seal => `    ${JSON.stringify(seal)}`).join(',\n');
  return `{\n  "format": "${format}",\n  "seals": [${lines && `\n${lines}\n  `}]\n}\n`;
}

/**
 * The seals of a file.
 * @throws SealFileInvalid when it is no such file, or a seal in it is not signed as it says
 */
export function readSealFile(text: string): Seal[] {
  const seals = sealsIn(text);
  const broken = seals.find(seal => !isSeal(seal) || !isSignedAsSaid(seal));
  if (broken) throw new SealFileInvalid(`seal ${broken.number ?? '?'} of the file is not signed as it says`);
  if (seals.length === 0) throw new SealFileInvalid('there is no seal in the file');
  return seals;
}

function sealsIn(text: string): Seal[] {
  try {
    const file = JSON.parse(text) as { format?: unknown; seals?: unknown } | null;
    if (file?.format === format && Array.isArray(file.seals)) return file.seals as Seal[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new SealFileInvalid(`not a file of seals (${format})`);
}

const texts = ['root', 'previous', 'recordedAt', 'epoch', 'publicKey', 'nextKey', 'signature'] as const;
const numbers = ['number', 'from', 'to'] as const;

function isSeal(value: Seal | null): value is Seal {
  if (value === null || typeof value !== 'object' || value.format !== 'seal/1') return false;
  return (
    texts.every(name => typeof value[name] === 'string') &&
    numbers.every(name => Number.isSafeInteger(value[name])) &&
    Object.keys(value).length === texts.length + numbers.length + 1
  );
}
