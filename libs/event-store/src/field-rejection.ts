import { Rejection, type RejectionParams } from './decider.js';

/**
 * The refusal of a command for one of its fields: the code and what its sentence needs stand on the whole and on the field.
 * @param pointer JSON pointer of the field in the command's body
 * @example throw fieldRejection('/reason', 'reason_needed');
 */
export function fieldRejection(pointer: string, code: string, params: RejectionParams = {}): Rejection {
  return new Rejection(code, params, [{ pointer, code, params }]);
}
