import { type JobHandler, assertHandlers, defineJob, definedJobs, jobIdOf } from './index.js';

const sweep = defineJob<'sweep', { plan: string }>('job-spec', 'sweep');
const publish = defineJob<'publish', { edition: number }, string>('job-spec', 'publish');
const sweeping: JobHandler<'sweep', { plan: string }, void> = { job: sweep, handle: async () => undefined };
const publishing: JobHandler<'publish', { edition: number }, string> = {
  job: publish,
  handle: async () => 'done',
};

describe('a job', () => {
  it('is defined once in a process', () => {
    expect(definedJobs()).toEqual([sweep, publish]);
    expect(() => defineJob('job-spec', 'sweep')).toThrow('job-spec/sweep is defined twice');
    expect(() => defineJob('job:spec', 'sweep')).toThrow('job:spec');
  });

  it('has exactly one handler, or nothing starts', () => {
    expect(() => assertHandlers([sweeping, publishing])).not.toThrow();
    expect(() => assertHandlers([sweeping])).toThrow('job-spec/publish has 0 handlers');
    expect(() => assertHandlers([sweeping, sweeping])).toThrow(
      'job-spec/sweep has 2 handlers, job-spec/publish has 0 handlers',
    );
    expect(() => assertHandlers([sweeping, publishing], [sweep])).not.toThrow();
  });
});

describe('the id of a job', () => {
  it('is the same for the same parts, and no other', () => {
    expect(jobIdOf('004', '2023Q2', 1)).toBe(jobIdOf('004', '2023Q2', 1));
    expect(jobIdOf('004', '2023Q2', 1)).not.toBe(jobIdOf('004', '2023Q2', 2));
    expect(jobIdOf('a', 'b')).not.toBe(jobIdOf('ab'));
    expect(jobIdOf(1)).not.toBe(jobIdOf('1'));
  });

  it('suits the queue, whatever the parts are', () => {
    for (const id of [jobIdOf(), jobIdOf('a:b'), jobIdOf(7), jobIdOf('市科技局')]) {
      expect(id).toMatch(/^j[0-9a-f]{40}$/);
    }
  });
});
