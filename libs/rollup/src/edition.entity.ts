import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Edition } from './edition-model.js';

/** draft: computed, not yet published. provisional: of an open round, without a number. */
export type EditionKind = 'draft' | 'provisional' | 'published';

/** An edition as it is read: what it says, what it rests on. The record that it was published stands in `rollup-<round>`. */
@Entity('edition')
export class EditionRow {
  /** `004:2023Q2/1`, `004:2023Q2/provisional`, `004:2023Q2/draft`. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  plan!: string;

  @Column('text')
  period!: string;

  @Column('text')
  kind!: EditionKind;

  @Column('integer', { nullable: true })
  n!: number | null;

  @Column('bigint', { name: 'cutoff_position' })
  cutoffPosition!: number;

  @Column('date', { name: 'cutoff_on' })
  cutoffOn!: string;

  @Column('jsonb')
  body!: Edition;

  @Column('text', { name: 'content_digest' })
  contentDigest!: string;

  @Column('text', { name: 'input_digest' })
  inputDigest!: string;

  @Column('timestamptz', { name: 'computed_at' })
  computedAt!: Date;

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt!: Date | null;
}
