import { personOf, refuseBareMachine } from './person.js';

const person = { id: 'li', kind: 'person', role: 'office' } as const;
const machine = { id: 'robot', kind: 'machine', role: 'office' } as const;

describe('the person behind an actor', () => {
  it('is the actor itself, or whom a machine says that it acts for', () => {
    expect(personOf(person)).toBe('li');
    expect(personOf({ ...machine, actingFor: 'li' })).toBe('li');
    expect(personOf(machine)).toBe('robot');
  });

  it('is wanted for a decision', () => {
    expect(() => refuseBareMachine(machine)).toThrow('machine_needs_acting_for');
    expect(() => refuseBareMachine({ ...machine, actingFor: 'li' })).not.toThrow();
    expect(() => refuseBareMachine(person)).not.toThrow();
  });
});
