import { randomId, uuidFrom } from './ids.js';

describe('ids', () => {
  it('of a name are the same for ever', () => {
    expect(uuidFrom('xiangtan:市科技局')).toBe('9d0d662f-25c3-512c-b4c7-4f6d96bc8901');
    expect(uuidFrom('xiangtan:市教育局')).not.toBe(uuidFrom('xiangtan:市科技局'));
  });

  it('at random differ', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(randomId()).not.toBe(randomId());
  });
});
