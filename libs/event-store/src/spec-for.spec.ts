import { AssertionError } from 'node:assert';
import { type Decider, Rejection } from './decider.js';
import { specFor } from './spec-for.js';

type Door = { open: boolean; turns: number };
type DoorEvent = { type: 'Opened'; on: string; note?: string } | { type: 'Closed' };
type Command = { type: 'Open' } | { type: 'Close' } | { type: 'Break' };

const door: Decider<Door, Command, DoorEvent, { today: string }> = {
  initial: { open: false, turns: 0 },
  decide(state, command, { today }) {
    if (command.type === 'Break') throw new TypeError('a defect');
    if (command.type === 'Open') return state.open ? [] : [{ type: 'Opened', on: today }];
    if (!state.open) throw new Rejection('door_not_open', { turns: state.turns, today });
    return [{ type: 'Closed' }];
  },
  evolve: (state, event) => ({ open: event.type === 'Opened', turns: state.turns + 1 }),
};
const given = specFor(door, { today: '2023-07-14' });
const opened = { type: 'Opened', on: '2023-07-14' } as const;
const open = { type: 'Open' } as const;
const close = { type: 'Close' } as const;

describe('specFor', () => {
  it('accepts what happened', () => {
    given().when(open).then(opened);
    given()
      .when(open)
      .then({ ...opened, note: undefined });
    given().when(open, { today: '2023-07-15' }).then({ type: 'Opened', on: '2023-07-15' });
    given(opened).when(open).thenNothing();
    given().when(close).thenRejected('door_not_open', { turns: 0 });
    given(opened).when(close).thenState({ open: false, turns: 2 });
    given(opened).thenState(state => state.open);
  });

  it.each([
    ['other events', () => given().when(open).then({ type: 'Closed' })],
    ['events where none were expected', () => given().when(open).thenNothing()],
    ['no events where some were expected', () => given(opened).when(open).then(opened)],
    ['events instead of a refusal', () => given().when(open).thenRejected('door_not_open')],
    ['a refusal instead of events', () => given().when(close).then({ type: 'Closed' })],
    ['another refusal', () => given().when(close).thenRejected('door_locked')],
    ['other params', () => given().when(close).thenRejected('door_not_open', { turns: 1 })],
    ['another state', () => given(opened).when(close).thenState({ turns: 1 })],
    ['a state that fails its check', () => given().thenState(state => state.open)],
  ])('objects to %s', (_, claim) => expect(claim).toThrow(AssertionError));

  it('lets a defect through', () =>
    expect(() => given().when({ type: 'Break' }).thenRejected('x')).toThrow('a defect'));
});
