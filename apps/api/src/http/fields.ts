import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { isDay, isPeriod, periodStart } from '@duban/calendar';
import { IsCleanText } from '@duban/platform';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsPartOf } from './quick-check.js';

/**
 * What every field says about itself: its rule, its place in the OpenAPI document and an example, in one line.
 * `optional` may be left out or null; `when` makes it needed only beside certain other values.
 */
type Field<E> = { about?: string; example?: E; optional?: boolean; when?: (dto: object) => boolean };

function field<E>(
  { about, optional, when, ...rest }: Field<E>,
  schema: ApiPropertyOptions,
  rules: PropertyDecorator[],
) {
  const open = optional ? [IsOptional()] : when ? [ValidateIf(when)] : [];
  const api = { ...(about && { description: about }), ...rest, ...schema, required: !optional && !when };
  return applyDecorators(ApiProperty(api as ApiPropertyOptions), ...open, ...rules);
}

/** Text for people. */
export function Text({ max = 2000, ...rest }: Field<string> & { max?: number } = {}): PropertyDecorator {
  return field(rest, { type: 'string', minLength: 1, maxLength: max }, [IsCleanText({ max })]);
}

/** The natural key of something that exists already, such as `004:3.1` or `xiangtan:市科技局`. */
export function Key(rest: Field<string> = {}): PropertyDecorator {
  return Text({ max: 200, ...rest });
}

// What becomes part of a key must not look like another: nothing unseen, no digits and letters of full width.
const code = /^(?!.*[\p{DI}０-９Ａ-Ｚａ-ｚ])[\p{L}\p{N}][\p{L}\p{N}._()（）-]{0,63}$/u;
const visible = String.raw`[^\s:/：／\p{Cc}\p{Cf}\p{Co}\p{DI}]+`;
const name = new RegExp(`^${visible}(?: ${visible})*$`, 'u');

/** A new code that becomes part of a key. */
export function Code(rest: Field<string> = {}): PropertyDecorator {
  const rules = [IsCleanText({ max: 64 }), matches('isCode', code)];
  return field(rest, { type: 'string', maxLength: 64 }, rules);
}

/** A new name that becomes part of a key: visible text without `:` and `/`, single blanks inside. */
export function Name(rest: Field<string> = {}): PropertyDecorator {
  const rules = [IsCleanText({ max: 100 }), matches('isName', name)];
  return field(rest, { type: 'string', maxLength: 100 }, rules);
}

function matches(rule: string, pattern: RegExp): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && pattern.test(value);
  return ValidateBy({ name: rule, validator: { validate, defaultMessage: () => `must be fit for a key` } });
}

// Far enough for any plan, near enough for every calendar computation.
const [firstDay, lastDay] = ['1990-01-01', '2100-12-31'];
const isSaneDay = (value: unknown) =>
  typeof value === 'string' && isDay(value) && value >= firstDay && value <= lastDay;

const dayRule = (options: { each?: boolean } = {}) =>
  ValidateBy(
    { name: 'isDay', validator: { validate: isSaneDay, defaultMessage: () => 'must be a day' } },
    options,
  );

/** A calendar day, `2023-07-15`. */
export function DayField(rest: Field<string> = {}): PropertyDecorator {
  return field({ example: '2023-07-15', ...rest }, { type: 'string', format: 'date' }, [dayRule()]);
}

/** A list of calendar days. */
export function Days({ max, min = 0, ...rest }: Field<string[]> & ListOf): PropertyDecorator {
  const schema = { type: 'string', format: 'date', isArray: true, minItems: min, maxItems: max } as const;
  return field(rest, schema, [...listRules(min, max), dayRule({ each: true })]);
}

/** For a field `asOf` of a question. */
export const asOfDay = {
  optional: true,
  about: 'As it was known at the end of this day, and judged on it; today when left out.',
} as const;

/** A period: `2023`, `2023H1`, `2023Q2` or `2023-07`. */
export function PeriodField(rest: Field<string> = {}): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'string' && isPeriod(value) && isSaneDay(periodStart(value));
  const rule = ValidateBy({
    name: 'isPeriod',
    validator: { validate, defaultMessage: () => 'must be a period' },
  });
  return field({ example: '2023Q2', ...rest }, { type: 'string' }, [rule]);
}

/** An instant in UTC, `2023-12-31T16:00:00.000Z`. */
export function InstantField(rest: Field<string> = {}): PropertyDecorator {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
  const validate = (value: unknown) =>
    typeof value === 'string' &&
    shape.test(value) &&
    isSaneDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value));
  const rule = ValidateBy({
    name: 'isInstant',
    validator: { validate, defaultMessage: () => 'must be an instant' },
  });
  return field({ example: '2024-12-31T16:00:00.000Z', ...rest }, { type: 'string', format: 'date-time' }, [
    rule,
  ]);
}

type Limits = { min: number; max: number };

export function Whole({ min, max, ...rest }: Field<number> & Limits): PropertyDecorator {
  return field(rest, { type: 'integer', minimum: min, maximum: max }, [IsInt(), Min(min), Max(max)]);
}

/** The same in a query, where everything is text. */
export function WholeInQuery({ min, max, ...rest }: Field<number> & Limits): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => wholeIn(value)),
    Whole({ min, max, ...rest }),
  );
}

// `Number` alone would read 0x5, 1e2 and blanks as well.
function wholeIn(text: unknown): unknown {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

const largest = 1e15; // beyond it a double no longer counts in ones

export function Figure({
  min = -largest,
  max = largest,
  ...rest
}: Field<number> & Partial<Limits> = {}): PropertyDecorator {
  return field(rest, { type: 'number', minimum: min, maximum: max }, [
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(min),
    Max(max),
  ]);
}

export function Percent(rest: Field<number> = {}): PropertyDecorator {
  return Figure({ min: 0, max: 100, example: 60, ...rest });
}

export function Flag(rest: Field<boolean> = {}): PropertyDecorator {
  return field(rest, { type: 'boolean' }, [IsBoolean()]);
}

export function OneOf(values: readonly string[], rest: Field<string> = {}): PropertyDecorator {
  return field(rest, { type: 'string', enum: [...values] }, [IsIn(values)]);
}

/** An object of another DTO. */
export function Part(of: () => Class, rest: Field<object> = {}): PropertyDecorator {
  return field(rest, { type: of }, [isPlain(), ValidateNested(), Type(of), IsPartOf(of)]);
}

/** An object whose fields a rule judges. */
export function Open(rest: Field<object> = {}): PropertyDecorator {
  return field(rest, { type: 'object', additionalProperties: true }, [isPlain()]);
}

type ListOf = { max: number; min?: number };

/** A list of objects of another DTO. */
export function Parts(
  of: () => Class,
  { max, min = 0, ...rest }: Field<object[]> & ListOf,
): PropertyDecorator {
  const nested = [ValidateNested({ each: true }), Type(of), IsPartOf(of)];
  const rules = [...listRules(min, max), isPlain(true), ...nested];
  return field(rest, { type: of, isArray: true, minItems: min, maxItems: max }, rules);
}

/** A list of natural keys or other short texts. */
export function Texts({
  max,
  min = 0,
  longest = 200,
  ...rest
}: Field<string[]> & ListOf & { longest?: number }): PropertyDecorator {
  const rules = [...listRules(min, max), IsCleanText({ max: longest }, { each: true })];
  return field(rest, { type: 'string', isArray: true, minItems: min, maxItems: max }, rules);
}

export function Sha256(rest: Field<string> = {}): PropertyDecorator {
  return field(rest, { type: 'string', pattern: '^[0-9a-f]{64}$' }, [
    IsCleanText({ max: 64 }),
    Matches(/^[0-9a-f]{64}$/),
  ]);
}

export function WebAddress(rest: Field<string> = {}): PropertyDecorator {
  const rule = IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false });
  return field(rest, { type: 'string', format: 'uri', maxLength: 2000 }, [IsCleanText({ max: 2000 }), rule]);
}

/** Given together with `other` it is a fault: one of the two says what is meant. */
export function NotBeside(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'notBeside',
    constraints: [other],
    validator: {
      validate: (value, given) =>
        value === undefined || (given?.object as Record<string, unknown>)[other] === undefined,
      defaultMessage: () => `must not stand beside ${other}`,
    },
  });
}

function listRules(min: number, max: number): PropertyDecorator[] {
  return [IsArray(), ArrayMinSize(min), ArrayMaxSize(max)];
}

// ValidateNested alone lets a list stand where one object is wanted, and the other way round.
function isPlain(each = false): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return ValidateBy(
    { name: 'isObject', validator: { validate, defaultMessage: () => 'must be an object' } },
    { each },
  );
}
