import { type Actor } from '@duban/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is kept of a key to recognise it: the record of its issue stands in the stream `access-<id>`. */
@Entity('api_key')
export class ApiKey {
  @PrimaryColumn('text')
  id!: string;

  @Column('bytea')
  hash!: Buffer;

  @Column('text')
  holder!: string;

  @Column('text')
  kind!: Actor['kind'];

  @Column('text')
  role!: Actor['role'];

  @Column('text', { nullable: true })
  unit!: string | null;

  @Column('text', { array: true, nullable: true })
  units!: string[] | null;

  @Column('text', { array: true, nullable: true })
  plans!: string[] | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('date', { name: 'last_used_on', nullable: true })
  lastUsedOn!: string | null;
}
