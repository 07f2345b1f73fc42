/** The OpenAPI 3.1 document, made from the very schemas that requests are checked with. */
import type { OpenAPI } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { API_PATH, contract } from '@stipple/files/wire/contract.ts';
import { refusalSchema, type RoutePolicy } from '@stipple/files/wire/route.ts';
import * as z from 'zod';

const INTRODUCTION = `Requests and answers are JSON; routes that take a file take multipart/form-data instead.
Programs show a token: \`Authorization: Bearer stp_…\`, made by an owner under Studio, Programs. A token may call what its scopes say.
A refusal has the HTTP status of its code and the body \`{ code, status, message, data }\`: \`data.reason\` says what is wrong, \`data.remedy\` what to do, \`data.data\` what is needed to go on.
Every POST that creates takes the header \`Idempotency-Key\` (16 to 200 characters, best a UUID): the same request sent again with the same key within 48 hours is done once and answered as the first time.
Whatever changes a record names the \`version\` it was read with, and is refused with \`changed-meanwhile\` when somebody was faster.`;

/** In words: who may call it. */
export const whoOf = ({ who, scope }: RoutePolicy): string =>
  [who === 'anyone' ? 'anyone' : who.join(', '), ...(scope ? [`tokens with ${scope}`] : [])].join('; ');

let made: Promise<OpenAPI.Document> | null = null;

export function openApiDocument(): Promise<OpenAPI.Document> {
  made ??= makeDocument();
  return made;
}

async function makeDocument(): Promise<OpenAPI.Document> {
  const errorBody = z.toJSONSchema(
    z.object({
      defined: z.literal(false),
      code: z.string(),
      status: z.int(),
      message: z.string(),
      data: refusalSchema,
    }),
    { unrepresentable: 'any' },
  );
  const document = await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    contract,
    {
      info: { title: 'Stipple', version: '1', description: INTRODUCTION },
      servers: [{ url: API_PATH }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'A token that an owner made.' },
          signIn: { type: 'apiKey', in: 'cookie', name: 'stipple-sign-in', description: 'Set by POST /sign-in.' },
        },
      },
    },
  );
  for (const procedure of Object.values(contract)) {
    const { meta, route } = procedure['~orpc'];
    const policy = meta as unknown as RoutePolicy;
    const operation = document.paths?.[route.path!]?.[route.method!.toLowerCase() as 'get'];
    if (!operation) throw new Error(`${route.method} ${route.path} is missing in the document`);
    operation.description = `For ${whoOf(policy)}.`;
    operation.security = policy.who === 'anyone' ? [] : [...(policy.scope ? [{ token: [] }] : []), { signIn: [] }];
    operation.responses = {
      ...operation.responses,
      default: { description: 'A refusal.', content: { 'application/json': { schema: errorBody as never } } },
    };
    if (route.method === 'POST')
      operation.parameters = [
        ...(operation.parameters ?? []),
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', minLength: 16, maxLength: 200 },
        },
      ];
  }
  return document;
}
