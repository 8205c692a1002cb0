import { type ArgumentMetadata, type PipeTransform, type Type as Class } from '@nestjs/common';
import { type FieldProblem, fieldProblemsOf, Problem, textFault } from '@duban/platform';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { passes } from './quick-check.js';

const deepest = 12;
const longestText = 20_000;
const mostFaults = 500; // so that a small request never gets a huge answer

/**
 * Holds bodies and queries to their DTOs and names every fault at once. All strings of a request pass here, whether a
 * field was declared for them or not: this is the one place that keeps U+0000, halves of characters and other
 * spellings (NFD) out.
 */
export class RequestPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if ((type !== 'body' && type !== 'query') || !metatype || metatype === Object) return value;
    const given = value ?? {};
    if (!isObject(given)) throw refusal([{ pointer: '', code: 'is_object' }]);
    const clean = type === 'body' ? quicklyHeld(metatype, given) : null;
    return clean ?? this.held(metatype, given);
  }

  /** What came in, converted. @throws Problem `validation_failed` that names every fault */
  private async held(metatype: Class, given: object): Promise<unknown> {
    const texts = textProblems(given);
    // What could confuse the conversion itself is told without converting.
    if (texts.some(({ code }) => code === 'too_deep' || code === 'unknown_field')) throw refusal(texts);
    const dto = plainToInstance(metatype, plain(given)) as object;
    const rules = fieldProblemsOf(
      await validate(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
    );
    const told = new Set(texts.map(({ pointer }) => pointer));
    const faults = [
      ...texts,
      ...rules.filter(({ pointer, code }) => code !== 'is_clean_text' || !told.has(pointer)),
    ];
    if (faults.length > 0) throw refusal(faults);
    return plain(dto); // events hold plain objects, no instances
  }
}

/** A body in which there is nothing to convert and nothing to refuse; null when that is not sure. */
function quicklyHeld(metatype: Class, given: object): unknown {
  if (textProblems(given).length > 0) return null;
  const clean = plain(given) as object;
  return passes(metatype, clean) ? clean : null;
}

// Null means left out, for every field alike.
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const kept: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value))
    if (item !== null && item !== undefined) kept.push([key, plain(item)]);
  return Object.fromEntries(kept);
}

function refusal(faults: readonly FieldProblem[]): Problem {
  return new Problem('validation_failed', {}, faults.slice(0, mostFaults));
}

const textLimits = { max: longestText, blank: true };
const nameLimits = { max: 200, blank: true };

function textProblems(value: unknown): FieldProblem[] {
  const found: FieldProblem[] = [];
  addTextProblems(found, value, '', 0);
  return found;
}

function addTextProblems(found: FieldProblem[], value: unknown, pointer: string, depth: number): void {
  if (typeof value === 'string') {
    const code = textFault(value, textLimits);
    if (code) found.push({ pointer, code, params: { max: longestText } });
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= deepest) return void found.push({ pointer, code: 'too_deep' });
  for (const [key, item] of Object.entries(value)) {
    // A name that every object has (`constructor`) is no field of ours.
    if (textFault(key, nameLimits) || key in Object.prototype) found.push({ pointer, code: 'unknown_field' });
    else addTextProblems(found, item, `${pointer}/${escaped(key)}`, depth + 1);
  }
}

const escaped = (key: string) => (/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
