export { type Entered, enteredFor } from './entered-for.js';
export { personOf, refuseBareMachine } from './person.js';
export { isShown } from './shown.js';
