import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type DraftInput,
  type Outcome,
  type Request,
  type SubmissionForm,
  SubmissionService,
} from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { ReasonDto } from '../plans/plan.dto.js';
import { DraftDto, FormDto, HandInDto, itemsOf, ReturnDto } from './submission.dto.js';

/** What one unit hands in for one round. */
@ApiTags('submissions')
@Controller('v1/rounds/:round/submissions/:unit')
export class SubmissionsController {
  constructor(private readonly submissions: SubmissionService) {}

  @Get()
  @Answers('submission.answer', 'The form, filled with what is known', FormDto)
  form(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
  ): Promise<SubmissionForm> {
    return this.submissions.form(request, round, unit);
  }

  @Put()
  @Answers('submission.answer', 'Keep what is filled in so far', FormDto)
  save(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: DraftDto,
  ): Promise<SubmissionForm> {
    return this.submissions.saveDraft(request, round, unit, given(body));
  }

  @Post('hand-in')
  @Records('submission.answer', 'Hand in what is sent, or else what was kept')
  handIn(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: HandInDto,
  ): Promise<Outcome> {
    return this.submissions.handIn(request, round, unit, {
      ...given(body),
      receivedOn: body.receivedOn ?? null,
      paper: body.paper ?? null,
    });
  }

  @Post('withdrawal')
  @Records('submission.answer', 'Take back what is not reviewed yet')
  withdraw(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
  ): Promise<Outcome> {
    return this.submissions.withdraw(request, round, unit);
  }

  @Post('return')
  @Records('submission.decide', 'Return it with reasons and a day')
  return(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: ReturnDto,
  ): Promise<Outcome> {
    return this.submissions.return(request, round, unit, body);
  }

  @Post('acceptance')
  @Records('submission.decide', 'Accept it, and the values in it')
  accept(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
  ): Promise<Outcome> {
    return this.submissions.accept(request, round, unit);
  }

  @Post('waiver')
  @Records('submission.decide', 'Let a unit off')
  waive(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: ReasonDto,
  ): Promise<Outcome> {
    return this.submissions.waive(request, round, unit, body);
  }
}

function given({ items, summary, evidence }: DraftDto): DraftInput {
  return {
    ...(items && { items: itemsOf(items) }),
    ...(summary !== undefined && { summary }),
    ...(evidence && { evidence }),
  };
}
