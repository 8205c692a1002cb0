import { holderDecider } from './holder-access.js';
import { type HolderAccess, type HolderEvent } from './holder-model.js';
import { keyDecider, type KeyEvent, type KeyState } from './key.js';

type State = KeyState | HolderAccess | null;
type Event = KeyEvent | HolderEvent;

const isOfKey = (event: Event): event is KeyEvent =>
  event.type === 'KeyIssued' || event.type === 'KeyRevoked';
const isKey = (state: State): state is KeyState => state !== null && 'issuedOn' in state;

/** Folds whatever stands in a stream of the category `access`: a key's, or a holder's. */
export const accessFold = {
  initial: null,
  evolve(state: State, event: Event): State {
    if (isOfKey(event)) return keyDecider.evolve(isKey(state) ? state : null, event);
    return isKey(state) ? state : holderDecider.evolve(state, event);
  },
};
