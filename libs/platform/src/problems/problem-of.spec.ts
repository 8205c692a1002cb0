import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { QueueFull, Rejection, VersionConflict } from '@duban/event-store';
import { IsIn, IsInt, Max, Min, ValidateNested, validateSync } from 'class-validator';
import { IsCleanText } from '../text.js';
import { catalogue, type Sentences } from './catalogue.js';
import { fieldProblemsOf } from './constraints.js';
import { Problem } from './problem.js';
import { isDefect, problemOf } from './problem-of.js';

describe('the answer to an error', () => {
  it('fills the sentence of a refusal', () => {
    expect(problemOf(new Rejection('already_reported', { by: '市科技局' }), 'zh')).toEqual({
      type: 'urn:duban:problem:already_reported',
      title: '状态冲突',
      status: 409,
      code: 'already_reported',
      detail: '已由 市科技局 上报。',
      params: { by: '市科技局' },
    });
    expect(problemOf(new Rejection('already_reported', { by: 'science' }), 'en')).toMatchObject({
      title: 'Conflict',
      detail: 'Already reported by science.',
    });
  });

  it('tells programs what they need to go on, and nothing else of the case', () => {
    const first = { by: '市科技局', n: 3, reporter: 'p-017' };
    expect(problemOf(new Rejection('already_reported', first), 'zh').params).toEqual({
      by: '市科技局',
      n: 3,
    });
    expect(problemOf(new Rejection('extension_pending', { n: 2, by: 'p-017' }), 'zh').params).toEqual({
      n: 2,
    });
    expect(problemOf(new Rejection('not_found', { what: '004:3.1' }), 'zh').params).toBeUndefined();
  });

  it('names a code without a sentence of its own', () => {
    expect(problemOf(new Rejection('moon_is_full'), 'en')).toMatchObject({
      status: 409,
      code: 'moon_is_full',
      detail: 'The present state does not allow this (moon_is_full).',
    });
  });

  it('is not led astray by names of Object', () => {
    expect(problemOf(new Rejection('constructor'), 'en').status).toBe(409);
    expect(problemOf(new Problem('forbidden_role', {}), 'en').detail).toBe('The role  may not do this.');
  });

  it('lists the faults of a refusal', () => {
    const errors = [{ pointer: '/values/0', code: 'implausible_value', params: { value: 7, reason: 'x' } }];
    expect(problemOf(new Rejection('validation_failed', {}, errors), 'en').errors).toEqual([
      { pointer: '/values/0', code: 'implausible_value', detail: 'The value 7 is not plausible: x' },
    ]);
  });

  it.each([
    [new VersionConflict('task-004:3.1', 3, 4), 409, 'version_conflict'],
    [new NotFoundException(), 404, 'not_found'],
    [new BadRequestException('no', { cause: new SyntaxError('x') }), 400, 'malformed_json'],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 413, 'payload_too_large'],
    [Object.assign(new SyntaxError('x'), { statusCode: 400 }), 400, 'malformed_json'],
    [new HttpException('teapot', 418), 400, 'malformed_request'],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 503, 'unavailable'],
    [new QueueFull(4096), 503, 'queue_full'],
    [new TypeError('x is undefined'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
    [undefined, 500, 'internal'],
  ])('to %s is %i', (error, status, code) => {
    expect(problemOf(error, 'en')).toMatchObject({ status, code });
  });

  it('tells nothing of a defect but its reference', () => {
    const body = problemOf(new Error('password is x'), 'en', '0b54ad6c-2f5e-4f0c-9f0e-6b1c8a7f1d11');
    expect(JSON.stringify(body)).not.toContain('password');
    expect(body.instance).toBe('urn:uuid:0b54ad6c-2f5e-4f0c-9f0e-6b1c8a7f1d11');
    expect(isDefect(new Error('x'))).toBe(true);
    expect(isDefect(new Problem('not_found', { what: 'x' }))).toBe(false);
  });
});

describe('the faults of a DTO', () => {
  class Value {
    @IsInt() @Min(1) @Max(9) amount: unknown;
    @IsIn(['a', 'b']) kind: unknown = 'a';
    @IsCleanText({ max: 3 }) note: unknown = 'ok';
    constructor(more: object) {
      Object.assign(this, more);
    }
  }
  class Batch {
    @ValidateNested({ each: true }) values: Value[];
    constructor(...values: Value[]) {
      this.values = values;
    }
  }

  it('all come at once, each with its pointer and its limits', () => {
    const errors = validateSync(
      new Batch(new Value({ amount: 1, kind: 'c' }), new Value({ amount: 10, note: 'long text' })),
    );
    const { errors: faults } = problemOf(new Problem('validation_failed', {}, fieldProblemsOf(errors)), 'en');
    expect(faults).toEqual([
      { pointer: '/values/0/kind', code: 'is_in', detail: 'Must be one of: a, b' },
      { pointer: '/values/1/amount', code: 'max', detail: 'Must be at most 9.' },
      {
        pointer: '/values/1/note',
        code: 'is_clean_text',
        detail:
          'Must be text in Unicode form NFC, not blank, without control characters, at most 3 characters.',
      },
    ]);
  });

  it('count a missing field once, and name what is unknown', () => {
    const errors = validateSync(new Value({ 'a/b~c': 1 }), { whitelist: true, forbidNonWhitelisted: true });
    expect(fieldProblemsOf(errors).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a~1b~0c', 'unknown_field'],
      ['/amount', 'required'],
    ]);
  });
});

describe('the catalogue', () => {
  const entries = Object.entries<Sentences>(catalogue);

  it.each(entries)('%s is named and worded well', (code, { status, en, zh }) => {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(places(en)).toEqual(places(zh));
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  });

  function places(sentence: string): string[] {
    return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
  }
});
