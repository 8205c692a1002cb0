import { Rejection } from './decider.js';
import { fieldRejection } from './field-rejection.js';

describe('fieldRejection', () => {
  it('says the same of the command and of its field', () => {
    const refusal = fieldRejection('/to', 'due_in_past', { dueOn: '2023-07-01' });
    expect(refusal).toBeInstanceOf(Rejection);
    expect(refusal).toMatchObject({
      code: 'due_in_past',
      params: { dueOn: '2023-07-01' },
      errors: [{ pointer: '/to', code: 'due_in_past', params: { dueOn: '2023-07-01' } }],
    });
  });
});
