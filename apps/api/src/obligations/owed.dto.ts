import { ApiProperty } from '@nestjs/swagger';

/** Which obligation an alert or a reminder is about. */
export class OwedDto {
  @ApiProperty({ type: 'string', description: 'The obligation, as in /v1/obligations.' })
  obligation!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string', example: 'task_due' })
  kind!: string;

  @ApiProperty({ type: 'string', example: '004:3.1' })
  subject!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', nullable: true, example: '2023Q2' })
  period!: string | null;

  @ApiProperty({ type: 'string', isArray: true, example: ['xiangtan:市科技局'] })
  holders!: readonly string[];
}
