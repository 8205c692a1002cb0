import { LogDamaged, Rejection, VersionConflict } from '@duban/event-store';
import { AlreadyRunning, ConfigurationError, EmbeddedServerError } from '@duban/platform';
import { exitCodes } from './exit-codes.js';
import { CliFault, failureOf, Interrupted } from './failure.js';
import { cliSentences } from './sentences.js';

const coded = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('what a command ends with', () => {
  it.each([
    ['a refusal', new Rejection('not_found', { what: '009' }), exitCodes.refused, 'not_found'],
    ['a lost race', new VersionConflict('task-004:3.1', 3, 4), exitCodes.refused, 'version_conflict'],
    ['a second start', new AlreadyRunning('/srv/duban', 7), exitCodes.refused, 'already_running'],
    ['a defect', new TypeError('x is not a function'), exitCodes.refused, 'internal'],
    ['a wrong variable', new ConfigurationError(['PORT is odd.']), exitCodes.usage, 'configuration'],
    ['a closed port', coded('ECONNREFUSED'), exitCodes.unreachable, 'unreachable'],
    [
      'a wrong password',
      coded('28P01', 'password authentication failed'),
      exitCodes.unreachable,
      'unreachable',
    ],
    ['a missing database', coded('3D000', 'no such database'), exitCodes.unreachable, 'unreachable'],
    ['a full disk', new EmbeddedServerError('The disk is full.'), exitCodes.unreachable, 'embedded_server'],
    ['a cut log', new LogDamaged('event 7 is missing', 7), exitCodes.tampered, 'tampering_found'],
    ['Ctrl-C', new Interrupted(), exitCodes.interrupted, 'interrupted'],
    ['a fault of its own', new CliFault('not_migrated'), exitCodes.refused, 'not_migrated'],
  ])('for %s', (_, error, exit, code) => {
    expect(failureOf(error, 'en')).toMatchObject({ exit, code });
  });
});

describe('what is said', () => {
  it('comes in the language of the shell', () => {
    const error = new Rejection('not_found', { what: '009' });
    expect(failureOf(error, 'zh').sentences).toEqual(['没有找到：009']);
    expect(failureOf(new CliFault('port_taken', { port: 3000, host: '::1' }), 'zh').sentences[0]).toContain(
      '::1 的端口 3000 已被占用',
    );
  });

  it('names the server, and a reason even where Node gives none', () => {
    expect(failureOf(coded('ECONNREFUSED'), 'en', 'db:5432/duban').sentences).toEqual([
      'The database at db:5432/duban cannot be reached: ECONNREFUSED',
    ]);
  });

  it('names every field that is wrong', () => {
    const error = new Rejection('validation_failed', {}, [{ pointer: '/reason', code: 'reason_needed' }]);
    expect(failureOf(error, 'en').sentences).toHaveLength(2);
    expect(failureOf(error, 'en').sentences[1]).toContain('/reason: ');
  });

  it('has the same places to fill in both languages', () => {
    for (const [code, { en, zh }] of Object.entries(cliSentences)) {
      const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
      expect([code, places(zh)]).toEqual([code, places(en)]);
    }
  });
});
