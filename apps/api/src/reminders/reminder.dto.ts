import { ApiProperty } from '@nestjs/swagger';
import { type Fate, type ReminderRow, type Why } from '@duban/reminder';
import { DayField, Key, OneOf } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { OwedDto } from '../obligations/owed.dto.js';

const fates = ['issued', 'delivered', 'failed', 'superseded'] as const satisfies readonly Fate[];

export class ReminderQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @Key({ optional: true, example: '004:3.1', about: 'What it is about: a task, an indicator, a round.' })
  subject?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局/liaison', about: 'The post that it went to.' })
  recipient?: string;

  @OneOf(fates, { optional: true })
  fate?: Fate;

  @DayField({ optional: true, about: 'Issued on this day or later.' })
  from?: string;

  @DayField({ optional: true, about: 'Issued on this day or earlier.' })
  to?: string;
}

/** One message to one recipient. */
export class ReminderDto extends OwedDto implements Omit<ReminderRow, 'kind' | 'stageKind' | 'text'> {
  @ApiProperty({ type: 'string', example: '45e1cefa-5ae7-538a-bcf5-6e818bf98337' })
  id!: string;

  @ApiProperty({ type: 'string', example: '+1', description: 'Workdays from the due day, or `opening`.' })
  stage!: string;

  @ApiProperty({ type: 'string', enum: ['reminder', 'escalation'] })
  stageKind!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: 'integer', description: 'Counts the due days that were set, from 1.' })
  dueVersion!: number;

  @ApiProperty({ type: 'string', example: 'xiangtan:市科技局/head' })
  recipient!: string;

  @ApiProperty({ type: 'integer' })
  overdueWorkdays!: number;

  @ApiProperty({ type: 'string', example: 'reminder@1' })
  policy!: string;

  @ApiProperty({ type: 'string', isArray: true, description: 'Lower stages that it stands for.' })
  skipped!: readonly string[];

  @ApiProperty({ type: 'string', enum: ['opening', 'due_soon', 'due_today', 'overdue'] })
  text!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  issuedOn!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  issuedAt!: string;

  @ApiProperty({ type: 'integer', description: 'Where in the log its event stands.' })
  position!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'The digest; `webhook-id` of the webhook.' })
  delivery!: string | null;

  @ApiProperty({ type: 'string', enum: fates })
  fate!: Fate;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  settledAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  acknowledgedAt!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  acknowledgedBy!: string | null;
}

/** Why a message was sent. */
export class WhyDto implements Omit<Why, 'reminder'> {
  @ApiProperty({ type: () => ReminderDto })
  reminder!: ReminderDto;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What is owed as it stands today; null when nobody owes it any more.',
  })
  obligation!: Why['obligation'];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { name: '+1', offset: 1, to: ['head'], kind: 'escalation' },
  })
  stage!: Why['stage'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [
      { stage: '+1', on: '2023-08-01', policy: 'reminder@1', issuedOn: '2023-08-01', provisional: false },
    ],
    description: 'Its stages. Provisional: in a year whose holidays are not announced yet.',
  })
  ladder!: Why['ladder'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'The events that it rests on, in the order of the log.',
  })
  events!: Why['events'];
}
