import { isOneOf, personOf, refuseBareMachine, throughDelegate } from './person.js';

const person = { id: 'li', kind: 'person', role: 'office' } as const;
const machine = { id: 'robot', kind: 'machine', role: 'office' } as const;

describe('the person behind an actor', () => {
  it('is the actor itself, or whom a machine says that it acts for', () => {
    expect(personOf(person)).toBe('li');
    expect(personOf({ ...machine, actingFor: 'li' })).toBe('li');
    expect(personOf(machine)).toBe('robot');
  });

  it('is the giver of a delegation, and the delegate is kept beside', () => {
    const delegate = { ...person, id: 'wang', actingFor: 'li' };
    expect([personOf(delegate), throughDelegate(delegate)]).toEqual(['li', { delegate: 'wang' }]);
    expect([throughDelegate(person), throughDelegate({ ...machine, actingFor: 'li' })]).toEqual([{}, {}]);
  });

  it.each([
    ['li', true, true, true],
    ['wang', false, true, false],
    ['robot', false, false, false],
    ['zhang', false, false, false],
  ])('has done what %s did: %j %j %j', (who, alone, throughAnother, throughMachine) => {
    const delegate = { ...person, id: 'wang', actingFor: 'li' };
    const actors = [person, delegate, { ...machine, actingFor: 'li' }];
    expect(actors.map(actor => isOneOf(actor, [null, who, undefined]))).toEqual([
      alone,
      throughAnother,
      throughMachine,
    ]);
  });

  it('is wanted for a decision', () => {
    expect(() => refuseBareMachine(machine)).toThrow('machine_needs_acting_for');
    expect(() => refuseBareMachine({ ...machine, actingFor: 'li' })).not.toThrow();
    expect(() => refuseBareMachine(person)).not.toThrow();
  });
});
