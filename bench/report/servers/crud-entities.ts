import { type Evidence } from '@duban/platform';
import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';

@Entity('api_key')
export class ApiKeyRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('bytea')
  hash!: Buffer;

  @Column('text')
  holder!: string;

  @Column('text')
  unit!: string;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}

@Entity('task')
export class TaskRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  title!: string;

  @Column('text', { name: 'lead_unit' })
  leadUnit!: string;

  @Column('text')
  status!: string;

  @Column('double precision', { nullable: true })
  percent!: number | null;

  @Column('date', { name: 'due_on' })
  dueOn!: string;

  @VersionColumn()
  version!: number;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}

@Entity('task_history')
export class HistoryRow {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: string;

  @ManyToOne(() => TaskRow)
  @JoinColumn({ name: 'task_id' })
  task!: Relation<TaskRow>;

  @Column('text')
  type!: string;

  @Column('text')
  unit!: string;

  @Column('text')
  period!: string;

  @Column('date', { name: 'about_on' })
  aboutOn!: string;

  @Column('text')
  reporter!: string;

  @Column('double precision', { nullable: true })
  percent!: number | null;

  @Column('text')
  summary!: string;

  @Column('jsonb')
  evidence!: readonly Evidence[];

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
