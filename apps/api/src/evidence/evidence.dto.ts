import { ApiProperty } from '@nestjs/swagger';
import { Flag, Key, Text } from '../http/fields.js';

/** What is said about a file: in the query, or in fields of the form beside it. */
export class FileFieldsDto {
  @Text({ max: 300, optional: true, example: '二季度台账.xlsx', about: 'The name of the file.' })
  name?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Whose it is, where the office enters it.' })
  unit?: string;
}

export class WithdrawalDto {
  @Text()
  reason!: string;

  @Flag({ optional: true, about: 'Whether the bytes go, too: for the office. Record and hash stay.' })
  removeBytes?: boolean;
}

class UploadDto {
  @ApiProperty({ type: 'string', nullable: true, example: 'xiangtan:市科技局' })
  unit!: string | null;

  @ApiProperty({ type: 'string', description: 'Who handed it in.' })
  by!: string;

  @ApiProperty({ type: 'string', example: '二季度台账.xlsx' })
  name!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  on!: string;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  withdrawnOn!: string | null;
}

class AttachmentDto {
  @ApiProperty({ type: 'string', example: 'task-004:3.1' })
  stream!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  on!: string;
}

class WithdrawnDto {
  @ApiProperty({ type: 'string', format: 'date' })
  on!: string;

  @ApiProperty({ type: 'string' })
  by!: string;

  @ApiProperty({ type: 'string' })
  reason!: string;

  @ApiProperty({ type: 'boolean' })
  bytesRemoved!: boolean;
}

/** A stored file, as far as you see it. */
export class EvidenceRecordDto {
  @ApiProperty({ type: 'string', pattern: '^[0-9a-f]{64}$' })
  sha256!: string;

  @ApiProperty({ type: 'integer', description: 'Bytes.' })
  size!: number;

  @ApiProperty({ type: 'string', example: 'application/pdf', description: 'What the bytes are.' })
  mediaType!: string;

  @ApiProperty({ type: UploadDto, isArray: true })
  uploads!: readonly UploadDto[];

  @ApiProperty({ type: AttachmentDto, isArray: true, description: 'What refers to it.' })
  attachedTo!: readonly AttachmentDto[];

  @ApiProperty({ type: WithdrawnDto, nullable: true, description: 'By the office, for everybody.' })
  withdrawn!: WithdrawnDto | null;
}
