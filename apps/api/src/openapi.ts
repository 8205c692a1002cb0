import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { OutcomeDto, ProblemDto } from './http/operations.js';

const description = `Supervision of published plans: who owes what, by when, and what became of it.

Ids are natural keys, percent-encoded in paths: \`004:3.1\` (task), \`004:i12\` (indicator), \`xiangtan:市科技局\` (unit),
\`004:2023H1\` (round). Days are \`2023-07-15\`, periods \`2023\`, \`2023H1\`, \`2023Q2\`, \`2023-07\`.
Every state change answers with what was recorded; errors are \`application/problem+json\` in Chinese or English
(Accept-Language). Null means left out.`;

// A hundred operations at once are drawn only where one scrolls, so that no search in the page finds them: one resource is
// opened at a time.
const readingPage = { docExpansion: 'none', filter: true, defaultModelsExpandDepth: -1 };

/** Serves the document at /openapi.json and a page to read it at /docs; it is written when somebody first asks for it. */
export function serveDocument(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => documentOf(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Duban API',
    swaggerOptions: readingPage,
  });
}

/** The API as OpenAPI 3.1. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Duban')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key, `dbn_…`.' }, 'key')
    .build();
  return SwaggerModule.createDocument(app, about, { extraModels: [OutcomeDto, ProblemDto] });
}
