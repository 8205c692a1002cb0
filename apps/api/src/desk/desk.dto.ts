import { ApiProperty } from '@nestjs/swagger';
import { type Desk, type DeskItem, type DeskQueue, deskQueues } from '@duban/view';
import { Key, OneOf } from '../http/fields.js';

const queueNames = deskQueues.map(({ queue }) => queue);
const words = {
  type: 'object',
  additionalProperties: { type: 'string' },
  example: { zh: '待批延期', en: 'extensions to decide' },
} as const;

export class DeskQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @OneOf(queueNames, { optional: true, about: 'One queue alone.' })
  queue?: string;
}

/** One thing that waits. */
export class DeskItemDto implements DeskItem {
  @ApiProperty({ type: 'string', example: '004:3.1' })
  subject!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', isArray: true, description: 'Who handed in, asked or owes.' })
  units!: readonly string[];

  @ApiProperty({ type: 'string', nullable: true })
  note!: string | null;

  @ApiProperty({ type: 'string', format: 'date' })
  since!: string;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Null where no rule sets one.',
  })
  dueOn!: string | null;

  @ApiProperty({ type: 'boolean' })
  overdue!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'How many it stands for: a unit may have many receipts open.',
  })
  count!: number;

  @ApiProperty({ type: 'string', description: 'Where to look.', example: '/v1/tasks/004%3A3.1' })
  href!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'The commands that settle it; null in a body is to be filled in.',
    example: [{ method: 'POST', href: '/v1/tasks/004%3A3.1/reviews', body: { verdict: 'accept' } }],
  })
  settle!: DeskItem['settle'];
}

export class DeskQueueDto implements DeskQueue {
  @ApiProperty({ type: 'string', enum: queueNames })
  queue!: string;

  @ApiProperty(words)
  title!: DeskQueue['title'];

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: 'integer' })
  overdue!: number;

  @ApiProperty({ type: DeskItemDto, isArray: true, description: 'The oldest first.' })
  items!: DeskItemDto[];
}

export class DeskDto implements Desk {
  @ApiProperty({ type: 'string', format: 'date' })
  today!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' } },
    example: [{ plan: '004', title: '2023年创新工作计划' }],
  })
  plans!: Desk['plans'];

  @ApiProperty({ type: 'integer', description: 'In all queues.' })
  count!: number;

  @ApiProperty({ type: 'integer' })
  overdue!: number;

  @ApiProperty({ type: DeskQueueDto, isArray: true, description: 'Those in which something waits.' })
  queues!: DeskQueueDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What units are called today.',
  })
  names!: Desk['names'];
}
