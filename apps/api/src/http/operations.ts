import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  HttpCode,
  Injectable,
  SetMetadata,
  type Type,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtension,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
  ApiExtraModels,
} from '@nestjs/swagger';
import { type Action, mayRole, rolesFor } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { Problem } from '@duban/platform';
import { type Outcome } from '@duban/supervision';
import { type FastifyRequest } from 'fastify';

const actionKey = 'duban:action';

/** What a command did. `version` is also the ETag; `events` are the facts recorded, in order, none when it changed nothing. */
export class OutcomeDto implements Outcome {
  @ApiProperty({ type: 'string', example: '004:3.1' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'task-004:3.1' })
  stream!: string;

  @ApiProperty({ type: 'integer', example: 4 })
  version!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 812 })
  position!: number | null;

  @ApiProperty({ type: 'string', isArray: true, example: ['ProgressReported'] })
  events!: readonly string[];

  @ApiProperty({ type: 'boolean', description: 'Answered before under the same Idempotency-Key.' })
  replayed!: boolean;
}

/** The body of every error (RFC 9457). */
export class ProblemDto {
  @ApiProperty({ type: 'string', example: 'urn:duban:problem:already_reported' })
  type!: string;

  @ApiProperty({ type: 'string', example: 'Conflict' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 409 })
  status!: number;

  @ApiProperty({ type: 'string', example: 'already_reported', description: 'Stable, for programs.' })
  code!: string;

  @ApiProperty({ type: 'string', example: 'Already reported by xiangtan:市科技局.' })
  detail!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What a program needs to go on, for codes that say so.',
    example: { by: 'xiangtan:市科技局', n: 1 },
  })
  params?: object;

  @ApiProperty({
    required: false,
    type: 'array',
    items: {
      type: 'object',
      properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
    },
    example: [{ pointer: '/summary', code: 'required', detail: 'This field is needed.' }],
  })
  errors?: object[];

  @ApiProperty({ required: false, type: 'string', example: 'urn:uuid:8d7c2c8e-5a0c-4f3b-9a55-0f3f4b8f6a11' })
  instance?: string;
}

/** A state change of one thing: who may do it at all, and what it answers. */
export function Records(action: Action, summary: string): MethodDecorator {
  return applyDecorators(
    Does(action, summary),
    ApiCreatedResponse({
      type: OutcomeDto,
      headers: { ETag: { schema: { type: 'string' }, description: 'Its new version.' } },
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same command again under it changes nothing.',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The version (ETag) that you have seen; 412 when it has moved.',
    }),
    ApiHeader({
      name: 'Duban-Acting-For',
      required: false,
      description: 'In whose name a machine decides, or a person acts by a delegation.',
    }),
    problem(409, 'Refused by the present state; `code` says why.'),
    problem(412, 'It has changed since the version in If-Match.'),
    problem(422, 'Fields or values are not right; `errors` names each.'),
  );
}

/** A question that changes nothing (whatever its method) and answers 200. */
export function Answers(action: Action, summary: string, type: Type): MethodDecorator {
  return applyDecorators(
    Does(action, summary),
    HttpCode(200),
    ApiOkResponse({ type }),
    problem(422, 'A filter is not right.'),
  );
}

/** A question answered by a list of rows in pages. */
export function Lists(action: Action, summary: string, row: Type): MethodDecorator {
  const schema = {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: { $ref: getSchemaPath(row) } },
      next: {
        type: ['string', 'null'] as unknown as string,
        description: 'The `cursor` of the next page; null on the last one.',
      },
    },
  };
  return applyDecorators(
    Does(action, summary),
    ApiExtraModels(row),
    ApiOkResponse({ schema }),
    problem(422, 'A filter is not right.'),
  );
}

/** What every operation says: who does it at all, and what may go wrong. */
export function Does(action: Action, summary: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(actionKey, action),
    ApiBearerAuth('key'),
    ApiOperation({ summary }),
    ApiExtension('x-roles', rolesFor(action)),
    problem(401, 'No key, or none that is valid.'),
    problem(403, 'The role of the key never does this, or nobody lets you act in that name.'),
    problem(404, 'There is nothing by this name among your rows.'),
    problem(429, 'Too many requests: see Retry-After.'),
  );
}

function problem(status: number, description: string): MethodDecorator {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };
  return ApiResponse({ status, description, content });
}

/** Refuses a role before anything is looked at, so that who may not act learns nothing of what exists. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const action = this.reflector.get<Action | undefined>(actionKey, context.getHandler());
    const actor = context.switchToHttp().getRequest<FastifyRequest>().identity?.actor;
    if (action && !actor) throw new Problem('unauthenticated');
    if (action && actor && !mayRole(actor.role, action)) {
      throw new Rejection('forbidden_role', { role: actor.role, action });
    }
    return true;
  }
}
