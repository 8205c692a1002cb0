import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request } from '@duban/supervision';
import { type Dossier, renderDossierHtml } from '@duban/view';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { dataOrPage } from '../http/page.js';
import { KeyPipe } from '../http/path.pipes.js';
import { DossierDto } from './dossier.dto.js';
import { DossierViews } from './dossier-views.js';

@ApiTags('tasks')
@Controller('v1/tasks')
export class DossiersController {
  constructor(private readonly views: DossierViews) {}

  @Get(':task/dossier')
  @Answers('record.read', 'Everything that the record says about a task, for an auditor', DossierDto)
  @ApiProduces('application/json', 'text/html')
  async dossier(
    @Asked() { actor }: Request,
    @Param('task', KeyPipe) task: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Dossier | string> {
    return dataOrPage(await this.views.dossier(actor, task), renderDossierHtml, { accept, reply });
  }
}
