import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { type IssuedKey, KeyStore } from '@duban/access';
import { type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Does, Lists } from '../http/operations.js';
import { cursorAt, keyIn, type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { IssuedKeyDto, KeyQuery, KeyRow, NewKeyDto } from './key.dto.js';

const usualRows = 50;

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly keys: KeyStore) {}

  @Get()
  @Lists('key.manage', 'Keys, without anything secret', KeyRow)
  async list(
    @Asked() request: Request,
    @Query() { cursor, limit = usualRows }: KeyQuery,
  ): Promise<Page<KeyRow>> {
    const after = cursor === undefined ? '' : keyIn(cursor);
    const rows = await this.keys.list(request, { after, limit: limit + 1 });
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? cursorAt(items.at(-1)!.id) : null };
  }

  @Post()
  @Does('key.manage', 'Issue a key; its token is shown this once')
  @ApiCreatedResponse({ type: IssuedKeyDto })
  issue(@Asked() request: Request, @Body() body: NewKeyDto): Promise<IssuedKey> {
    return this.keys.issue(request, body);
  }

  @Delete(':key')
  @HttpCode(204)
  @Does('key.manage', 'Revoke a key; it stays on record')
  @ApiNoContentResponse()
  revoke(@Asked() request: Request, @Param('key', KeyPipe) key: string): Promise<void> {
    return this.keys.revoke(request, key);
  }
}
