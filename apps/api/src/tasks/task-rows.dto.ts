import { ApiProperty } from '@nestjs/swagger';
import { type Assignment, type Commitment } from '@duban/task';
import { AssignmentDto, commitments, statuses } from './task.dto.js';

/** One line of the list. */
export class TaskRow {
  @ApiProperty({ type: 'string', example: '004:3.1' })
  id!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string', example: '3.1' })
  code!: string;

  @ApiProperty({ type: 'string', nullable: true })
  section!: string | null;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', enum: commitments })
  commitment!: Commitment;

  @ApiProperty({ type: AssignmentDto, isArray: true })
  roles!: readonly Assignment[];

  @ApiProperty({ type: 'string', enum: statuses })
  status!: (typeof statuses)[number];

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  dueOn!: string | null;

  @ApiProperty({
    type: 'boolean',
    description: 'Whether the due day lies in a year whose holidays are not announced yet.',
  })
  dueProvisional!: boolean;

  @ApiProperty({ type: 'string', format: 'date', nullable: true, description: 'Before any extension.' })
  originalDueOn!: string | null;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  doneOn!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The colour, its reason and the events that it rests on.',
    example: { colour: 'red', reason: 'overdue', since: '2023-07-31', rule: 'light@1' },
  })
  light!: object;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' }, example: { extended: false } })
  flags!: object;
}

export class AllowedCommand {
  @ApiProperty({ type: 'string', example: 'ReportProgress' })
  command!: string;

  @ApiProperty({ type: 'string', example: 'POST' })
  method!: string;

  @ApiProperty({ type: 'string', example: '/v1/tasks/004%3A3.1/reports' })
  href!: string;
}

/** One task with everything that is said about it. */
export class TaskDetail extends TaskRow {
  @ApiProperty({ type: 'integer', description: 'Also the ETag.', example: 4 })
  version!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Reports, completions, extensions, due days, …',
  })
  state!: object;

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description: 'Who owes what by when.',
  })
  obligations!: readonly object[];

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description: 'How many members of each group have handed in for each round, and who is silent.',
    example: [{ group: 'xiangtan:各县市区园区', round: '004:2023Q2', handedIn: 7, of: 10, silent: [] }],
  })
  groups!: readonly object[];

  @ApiProperty({ type: AllowedCommand, isArray: true, description: 'What you may do next.' })
  allowed!: AllowedCommand[];
}

export class EventRow {
  @ApiProperty({ type: 'integer' })
  position!: number;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'string', example: 'ProgressReported' })
  type!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  effectiveOn!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: object;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Who, in which role, through which door.',
  })
  meta!: object;
}
