import { type NestApplicationOptions, type PipeTransform, type Type, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

const quiet: NestApplicationOptions = { logger: ['error', 'warn'] };

/** DTOs held as most do. */
export const validation = (): PipeTransform =>
  new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true });

/** Serves a module with NestJS on Fastify at the port in PORT, until it is told to end or whoever started it is gone. */
export async function serve(module: Type, ...pipes: PipeTransform[]): Promise<void> {
  process.once('disconnect', () => process.exit());
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), quiet);
  app.enableShutdownHooks();
  app.useGlobalPipes(...pipes);
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
  process.send?.('ready');
}
