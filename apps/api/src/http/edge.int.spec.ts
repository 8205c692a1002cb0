import { TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => void (api = await TestApi.open()));
afterAll(() => api.close());

it('starts', async () => {
  expect((await api.get('/v1/me', 'admin')).body).toEqual({});
});
