import { type PipeTransform } from '@nestjs/common';
import { Problem, textFault } from '@duban/platform';

// A key of two parts, such as a post over a unit.
const longest = 250;

/** A natural key from a path, in its one spelling; what cannot be a key names nothing. @throws Problem `not_found` */
export class KeyPipe implements PipeTransform<string, string> {
  transform(given: string): string {
    const key = given.normalize('NFC');
    if (textFault(key, { max: longest })) throw new Problem('not_found', { what: '' });
    return key;
  }
}

/** The number of an extension, a report, … from a path, from 1. @throws Problem `not_found` */
export class OrdinalPipe implements PipeTransform<string, number> {
  transform(given: string): number {
    if (!/^[1-9]\d{0,5}$/.test(given)) throw new Problem('not_found', { what: '' });
    return Number(given);
  }
}

/** The hash of a file from a path. @throws Problem `not_found` */
export class Sha256Pipe implements PipeTransform<string, string> {
  transform(given: string): string {
    if (!/^[0-9a-f]{64}$/.test(given)) throw new Problem('not_found', { what: '' });
    return given;
  }
}
