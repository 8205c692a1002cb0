import { Injectable } from '@nestjs/common';
import { type Outcome, type Request } from '@duban/supervision';
import { type FastifyRequest } from 'fastify';
import { Problems } from '../http/problems.js';
import { type BatchResult, type ItemResult } from './batch.dto.js';

const atOnce = 4; // as many as connections that append

type Act<Item> = (request: Request, item: Item) => Promise<Outcome>;

/** Runs many commands, each for itself: one that is refused does not touch the others, and each gets its answer. */
@Injectable()
export class Batch {
  constructor(private readonly problems: Problems) {}

  /** Items about the same subject keep their order; others go side by side. */
  async run<Item>(
    http: FastifyRequest,
    request: Request,
    items: readonly Item[],
    subjectOf: (item: Item) => string,
    act: Act<Item>,
  ): Promise<BatchResult> {
    const results: ItemResult[] = [];
    const queues = [...groupBy(items, subjectOf).values()];
    const work = async () => {
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        for (const [index, item] of queue)
          results[index] = await this.one(http, forItem(request, index), index, item, act);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { results };
  }

  private async one<Item>(
    http: FastifyRequest,
    request: Request,
    index: number,
    item: Item,
    act: Act<Item>,
  ): Promise<ItemResult> {
    try {
      return { index, status: 201, outcome: await act(request, item) };
    } catch (error) {
      const problem = this.problems.bodyOf(error, http);
      return { index, status: problem.status, problem };
    }
  }
}

/** Each item is a request of its own: under a key of its own, and without the version of anything else. */
function forItem({ ifMatch: _, idempotency, ...request }: Request, index: number): Request {
  return {
    ...request,
    ...(idempotency && { idempotency: { ...idempotency, key: `${idempotency.key}/${index}` } }),
  };
}

function groupBy<Item>(
  items: readonly Item[],
  subjectOf: (item: Item) => string,
): Map<string, [number, Item][]> {
  const groups = new Map<string, [number, Item][]>();
  items.forEach((item, index) => {
    const group = groups.get(subjectOf(item)) ?? [];
    groups.set(subjectOf(item), [...group, [index, item]]);
  });
  return groups;
}
