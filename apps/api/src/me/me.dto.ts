import { ApiProperty } from '@nestjs/swagger';
import { type Me } from '@duban/view';

/** Who you are here, what you see, and what you owe. */
export class MeDto implements Me {
  @ApiProperty({ type: 'string', example: 'p-017' })
  id!: string;

  @ApiProperty({ type: 'string', enum: ['person', 'machine'] })
  kind!: string;

  @ApiProperty({ type: 'string', enum: ['office', 'unit', 'leader', 'scheduler', 'auditor', 'admin'] })
  role!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'xiangtan:市科技局' })
  unit!: string | null;

  @ApiProperty({
    type: 'string',
    isArray: true,
    description: 'Units that you answer for, or are in charge of.',
  })
  units!: readonly string[];

  @ApiProperty({ type: 'string', isArray: true, description: 'Plans that you see.', example: ['004'] })
  plans!: readonly string[];

  @ApiProperty({ type: 'string', nullable: true, description: 'In whose name you act.' })
  actingFor!: string | null;

  @ApiProperty({ type: 'string', format: 'date' })
  today!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether the time of this ledger is simulated.' })
  simulated!: boolean;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Posts that you hold or will hold.',
    example: [{ post: 'xiangtan:市科技局/liaison', kind: 'liaison', from: '2023-01-01', to: null }],
  })
  posts!: Me['posts'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'In whose name you may act besides your own, and whom you let act in yours; both days included.',
    example: [
      {
        ...{ id: 'p-017/3', giver: 'p-017', delegate: 'p-018', role: 'unit', unit: 'xiangtan:市科技局' },
        ...{ from: '2023-06-05', to: '2023-06-16' },
      },
    ],
  })
  delegations!: Me['delegations'];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What you owe: `counts` by state, `overdue`, and `next`, the first of what is to be done.',
    example: { counts: { open: 3, met: 5 }, overdue: 1, next: [] },
  })
  toDo!: Me['toDo'];
}
