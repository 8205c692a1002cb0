import { Module } from '@nestjs/common';
import { Batch } from './batch.js';
import { BatchesController } from './batches.controller.js';

@Module({ controllers: [BatchesController], providers: [Batch] })
export class BatchesModule {}
