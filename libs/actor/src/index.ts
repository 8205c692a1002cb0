export { type Entered, enteredFor } from './entered-for.js';
export { isOneOf, personOf, refuseBareMachine, throughDelegate } from './person.js';
export { isShown } from './shown.js';
