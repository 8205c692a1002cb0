import { ApiProperty } from '@nestjs/swagger';
import { type ListedKey, type NewKey } from '@duban/access';
import { InstantField, Key, OneOf, Texts } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';

const keyRoles = [
  'office',
  'unit',
  'leader',
  'scheduler',
  'auditor',
  'admin',
] as const satisfies readonly NewKey['role'][];

export class KeyQuery extends PageQuery {}

export class NewKeyDto {
  @Key({ example: 'p-017', about: 'The id of the person or machine.' })
  holder!: string;

  @OneOf(['person', 'machine'])
  kind!: 'person' | 'machine';

  @OneOf(keyRoles)
  role!: NewKey['role'];

  @Key({ optional: true, example: 'xiangtan:市科技局' })
  unit?: string;

  @Texts({ max: 500, optional: true, about: 'The units that a leader is in charge of.' })
  units?: string[];

  @Texts({ max: 100, longest: 64, optional: true, about: 'Plans by code, or `*`.', example: ['004'] })
  plans?: string[];

  @InstantField({ optional: true })
  expiresAt?: string;
}

export class IssuedKeyDto {
  @ApiProperty({ type: 'string', example: '5f3c9a1b20de' })
  id!: string;

  @ApiProperty({ type: 'string', description: 'Shown this once.', example: 'dbn_5f3c9a1b20de_…' })
  token!: string;
}

export class KeyRow implements ListedKey {
  @ApiProperty({ type: 'string', example: '5f3c9a1b20de' })
  id!: string;

  @ApiProperty({ type: 'string' })
  holder!: string;

  @ApiProperty({ type: 'string', enum: ['person', 'machine'] })
  kind!: 'person' | 'machine';

  @ApiProperty({ type: 'string', enum: keyRoles })
  role!: ListedKey['role'];

  @ApiProperty({ type: 'string', nullable: true })
  unit!: string | null;

  @ApiProperty({ type: 'string', isArray: true, nullable: true })
  units!: readonly string[] | null;

  @ApiProperty({ type: 'string', isArray: true, nullable: true })
  plans!: readonly string[] | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  lastUsedOn!: string | null;
}
