/** /api/v1/openapi.json, and the same to read at /api/docs: a plain page of our own that loads nothing from elsewhere. */
import type { OpenAPI } from '@orpc/contract';
import { API_PATH } from '@stipple/files/wire/contract.ts';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi-document.ts';

const PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function serveDocs(app: FastifyInstance): Promise<void> {
  app.get(`${API_PATH}/openapi.json`, async () => openApiDocument());
  app.get('/api/docs', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .send(pageOf(await openApiDocument())),
  );
  app.get('/api/docs.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (of) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[of]!);
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const json = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

function pageOf({ info, paths }: OpenAPI.Document): string {
  const operations = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, OpenAPI.OperationObject>).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of Stipple</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<main>
<h1>API of Stipple</h1>
${(info.description ?? '')
  .split('\n')
  .map((paragraph) => `<p>${prose(paragraph)}</p>`)
  .join('\n')}
<p>For programs: <a href="${API_PATH}/openapi.json">OpenAPI 3.1</a>. All paths stand under <code>${API_PATH}</code>.</p>
${operations.map(operationOf).join('\n')}
</main>
</body>
</html>
`;
}

function operationOf(of: { path: string; method: string; operation: OpenAPI.OperationObject }): string {
  const { path, method, operation } = of;
  const parameters = (operation.parameters ?? []) as OpenAPI.ParameterObject[];
  const body = (operation.requestBody as OpenAPI.RequestBodyObject | undefined)?.content ?? {};
  const answer = (operation.responses?.['200'] as OpenAPI.ResponseObject | undefined)?.content ?? {};
  const parts = [
    ...(parameters.length > 0 ? [`<h3>Parameters</h3><ul>${parameters.map(parameterOf).join('')}</ul>`] : []),
    ...Object.entries(body).map(([type, { schema }]) => `<h3>Body, ${escaped(type)}</h3>${json(schema)}`),
    ...Object.entries(answer).map(([type, { schema }]) => `<h3>Answer, ${escaped(type)}</h3>${json(schema)}`),
  ];
  return `<details id="${escaped(operation.operationId ?? '')}">
<summary><code>${method} ${escaped(path)}</code> ${prose(operation.summary ?? '')}</summary>
<p>${prose(operation.description ?? '')}</p>
${parts.join('\n')}
</details>`;
}

const parameterOf = ({ name, in: place, required, schema }: OpenAPI.ParameterObject): string =>
  `<li><code>${escaped(name)}</code> in ${escaped(place)}${required ? ', required' : ''} <code>${escaped(JSON.stringify(schema))}</code></li>`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
details { border-top: 1px solid #8886; padding: .5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary code { font-weight: 600; }
pre { overflow: auto; max-height: 24rem; padding: .75rem; border: 1px solid #8886; border-radius: .4rem; font-size: .8rem; }
h3 { font-size: .95rem; }
`;
