export { personOf, refuseBareMachine } from './person.js';
