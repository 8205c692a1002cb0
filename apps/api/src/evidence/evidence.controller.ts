import { applyDecorators, Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type StoredEvidence } from '@duban/evidence';
import { EvidenceService, type Outcome, type Request } from '@duban/supervision';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Asked, withFile } from '../http/asked.js';
import { Answers, Does, Records } from '../http/operations.js';
import { Sha256Pipe } from '../http/path.pipes.js';
import { RequestPipe } from '../http/request.pipe.js';
import { EvidenceRecordDto, FileFieldsDto, WithdrawalDto } from './evidence.dto.js';
import { takeFile } from './take-file.js';

/** Files that show that something is true (佐证材料), known by the SHA-256 of their bytes. */
@ApiTags('evidence')
@Controller('v1/evidence')
export class EvidenceController {
  private readonly pipe = new RequestPipe();

  constructor(private readonly evidence: EvidenceService) {}

  @Post()
  @TakesFile()
  async store(
    @Asked() request: Request,
    @Req() http: FastifyRequest,
    @Query() query: FileFieldsDto,
  ): Promise<Outcome> {
    const { bytes: mostBytes } = this.evidence.limits;
    const { file, fields } = await takeFile(
      http,
      { name: query.name, mostBytes },
      {
        receive: incoming => this.evidence.receive(request, incoming),
        discard: received => this.evidence.discard(received),
      },
    );
    try {
      const { unit = query.unit } = (await this.pipe.transform(fields, {
        ...{ type: 'body', metatype: FileFieldsDto },
      })) as FileFieldsDto;
      const { sha256, name } = file;
      return await this.evidence.keep(
        withFile(http, request, { sha256, name, unit: unit ?? null }),
        file,
        unit,
      );
    } finally {
      await this.evidence.discard(file);
    }
  }

  @Get(':sha256')
  @GivesFile()
  async open(
    @Asked() request: Request,
    @Param('sha256', Sha256Pipe) sha256: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { record, name, content } = await this.evidence.open(request, sha256);
    await reply.headers(headersOf(record, name)).code(200).send(content);
  }

  @Get(':sha256/record')
  @Answers(
    'evidence.read',
    'What is known of a file: whose it is, what refers to it, whether it was withdrawn',
    EvidenceRecordDto,
  )
  record(@Asked() request: Request, @Param('sha256', Sha256Pipe) sha256: string): Promise<StoredEvidence> {
    return this.evidence.record(request, sha256);
  }

  @Post(':sha256/withdrawal')
  @Records('evidence.withdraw', 'Withdraw a file; its record and its hash stay')
  withdraw(
    @Asked() request: Request,
    @Param('sha256', Sha256Pipe) sha256: string,
    @Body() body: WithdrawalDto,
  ): Promise<Outcome> {
    return this.evidence.withdraw(request, sha256, body);
  }
}

/** A browser saves the file and never shows it as a page of this server. */
function headersOf({ mediaType, size, sha256 }: StoredEvidence, name: string): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`);
  return {
    'content-type': mediaType,
    'content-length': String(size),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${whole}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    etag: `"${sha256}"`,
  };
}

function TakesFile(): MethodDecorator {
  const properties = {
    file: { type: 'string', format: 'binary' },
    unit: { type: 'string', description: 'Whose it is, where the office enters it.' },
  };
  return applyDecorators(
    Records(
      'evidence.store',
      'Hand in a file: as the body, with its name in the query, or as the part `file` of a form',
    ),
    ApiConsumes('multipart/form-data', 'application/octet-stream'),
    ApiBody({ schema: { type: 'object', required: ['file'], properties } }),
    ApiResponse({ status: 413, description: 'The file is too large.' }),
    ApiResponse({ status: 415, description: 'Its kind is not taken, or is not what its name or type says.' }),
    ApiResponse({ status: 507, description: 'There is no room for it.' }),
  );
}

function GivesFile(): MethodDecorator {
  return applyDecorators(
    Does('evidence.read', 'The bytes of a file, to be saved'),
    ApiProduces('application/octet-stream'),
    ApiOkResponse({ schema: { type: 'string', format: 'binary' } }),
    ApiResponse({ status: 410, description: 'It was withdrawn; see its record.' }),
  );
}
