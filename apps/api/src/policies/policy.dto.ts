import { ApiProperty } from '@nestjs/swagger';
import { type Paper } from '@duban/platform';
import { type PolicyKind, policyKinds, type Version } from '@duban/policy';
import { type StageCount, type Trial } from '@duban/reminder';
import { type KnownPolicy } from '@duban/supervision';
import { Code, DayField, Open, Part, Text, Whole } from '../http/fields.js';
import { PaperDto } from '../http/values.dto.js';

const content = { onTrack: 0.95, behind: 0.8, points: 1, places: 2, tolerance: 5 };

export class AdoptPolicyDto {
  @Whole({ min: 1, max: 9999, example: 2, about: 'The next one; a version that is there is never changed.' })
  version!: number;

  @DayField({
    example: '2023-10-01',
    about:
      'The first day on which it holds, tomorrow at the earliest; of ladders, for what is due from then on.',
  })
  from!: string;

  @Open({ example: { behind: 0.85 }, about: 'What differs from the version before; ladders one by one.' })
  content!: Record<string, unknown>;

  @Text()
  reason!: string;

  @Part(() => PaperDto, { optional: true, about: 'The paper by which it was decided.' })
  paper?: PaperDto;
}

export class TrialDto implements Trial {
  @Open({ about: 'What differs from the ladders of the last version, as for adopting it.' })
  content!: Record<string, unknown>;

  @DayField({ example: '2023-07-01' })
  from!: string;

  @DayField({ example: '2023-09-30' })
  to!: string;

  @Code({ optional: true, example: '004', about: 'All of your plans when left out.' })
  plan?: string;
}

export class BacktestDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'By kind and stage: how often it went out, and how often it would have.',
    example: [{ kind: 'task_due', stage: '-3', sent: 12, would: 0 }],
  })
  stages!: readonly StageCount[];
}

export class PolicyVersionDto implements Version {
  @ApiProperty({ type: 'string', description: 'As it is printed.', example: 'light@1' })
  name!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'The first day on which it holds; null for what is built in.',
  })
  from!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: content })
  content!: Version['content'];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'By whom, on which day, why and by which paper; null for what is built in.',
    example: { by: 'p-1', on: '2023-09-01', reason: '会议议定', paper: null },
  })
  adopted!: { by: string; on: string; reason: string; paper: Paper | null } | null;
}

export class PolicyRow implements KnownPolicy {
  @ApiProperty({ type: 'string', enum: policyKinds })
  kind!: PolicyKind;

  @ApiProperty({ type: 'string', description: 'Which version holds today.', example: 'light@1' })
  inForce!: string;

  @ApiProperty({ type: PolicyVersionDto, isArray: true })
  versions!: readonly PolicyVersionDto[];
}
