/**
 * The studio's API as typed functions: `api.client({ id })`. Made from the contract, so a screen that asks for what
 * the server does not have does not compile.
 *
 * Signed in by a cookie of the same origin; nothing is kept in the page. Refusals are thrown; see refusal-of.ts.
 */
import { createORPCClient, onError, onSuccess } from '@orpc/client';
import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { API_PATH, contract, type Contract } from '@stipple/files/wire/contract.ts';
import { isAnswered } from './refusal-of.ts';
import { retryKeys } from './retry-keys.ts';

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
/** randomUUID is missing where the page was opened without https. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map(hex).join('');

const keys = retryKeys(newKey);

const link = new OpenAPILink(contract, {
  url: () => new URL(API_PATH, location.origin).href,
  headers: (_, path, input) => ({ 'Idempotency-Key': keys.keyFor(path, input) }),
  interceptors: [
    onSuccess((_, { path, input }) => keys.answered(path, input)),
    onError((error, { path, input }) => {
      if (isAnswered(error)) keys.answered(path, input);
    }),
  ],
});

export const api: ContractRouterClient<Contract> = createORPCClient(link);

export type Answers = InferContractRouterOutputs<Contract>;
export type Asks = InferContractRouterInputs<Contract>;

/** Where a file of the API is, for pictures and links. */
export const fileUrl = (path: string): string => `${API_PATH}${path}`;
