import { registerDecorator, type ValidationOptions } from 'class-validator';
import { Problem } from './problems/problem.js';

/** Why a text cannot be taken as it is. */
export type TextFault =
  | 'text_ill_formed'
  | 'text_with_null'
  | 'text_with_control'
  | 'text_not_nfc'
  | 'text_blank'
  | 'text_too_long';

/** What a text may be: characters counted by code point. */
export interface TextLimits {
  max: number;
  /** Whether a text without any visible character is fine. */
  blank?: boolean;
}

// Nothing of this can be ill-formed, U+0000, a control character that harms, or spelled in two ways.
const plainAscii = /^[\t\n\r\x20-\x7e]*$/;

// All control characters but those that break lines and columns: a terminal would obey them.
const control = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * The one check of strings from outside. Postgres refuses lone surrogates and U+0000; two spellings of one character
 * (NFC and others) would make two names of one.
 *
 * @returns null when the text is fine
 */
export function textFault(text: string, { max, blank = false }: TextLimits): TextFault | null {
  const fault = plainAscii.test(text) ? null : spellingFault(text);
  if (fault) return fault;
  if (!blank && text.trim() === '') return 'text_blank';
  return text.length > max && [...text].length > max ? 'text_too_long' : null;
}

function spellingFault(text: string): TextFault | null {
  if (/\p{Surrogate}/u.test(text)) return 'text_ill_formed';
  if (text.includes('\0')) return 'text_with_null';
  if (control.test(text)) return 'text_with_control';
  return text.normalize('NFC') === text ? null : 'text_not_nfc';
}

/**
 * The same check for text from files and imports: other spellings are brought to NFC instead of refused, and blanks
 * around it fall away.
 *
 * @throws Problem `text_…` for what cannot be mended
 */
export function cleanText(text: string, limits: TextLimits): string {
  const spelled = text.normalize('NFC').trim();
  const fault = textFault(spelled, limits);
  if (fault) throw new Problem(fault, { max: limits.max });
  return spelled;
}

/**
 * For a string in a DTO: well-formed, NFC, without U+0000, not blank, at most `max` characters.
 *
 * @example @IsCleanText({ max: 2000 }) reason!: string;
 */
export function IsCleanText(limits: TextLimits, options: ValidationOptions = {}): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isCleanText',
      target: target.constructor,
      propertyName: property as string,
      constraints: [limits],
      options: { message: `must be clean text of at most ${limits.max} characters`, ...options },
      validator: { validate: value => typeof value === 'string' && textFault(value, limits) === null },
    });
}
