import { Module } from '@nestjs/common';
import { AccessController } from './access.controller.js';
import { DelegationsController } from './delegations.controller.js';

@Module({ controllers: [AccessController, DelegationsController] })
export class AccessModule {}
