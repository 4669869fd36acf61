import type { Protocol } from './catalogue.ts';
import type { Operation } from './operation.ts';
import type { CallKind, Face, Json, Reply } from './wire.ts';

/** One call as it arrived, and how it was answered. */
export type GoogleRequest = {
  at: number;
  face: Face;
  kind: CallKind;
  method: string;
  /** Without the query, still percent-encoded. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed where it is JSON, else text; undefined where there was none. */
  body: unknown;
  /** The interaction's id or operation's name that it was about, or that a submit has led to. */
  operation: string | undefined;
  /** Undefined while it is under way. */
  status: number | Exclude<Reply['kind'], 'answer'> | undefined;
};

/** A submit that was accepted: from here on Google charges, whoever got to know of it. */
export type Payment = {
  at: number;
  model: string;
  protocol: Protocol;
  prompt: string;
  body: Json;
  /** The interaction's id or the operation's name. */
  operation: string;
  tags: string[];
  /** The estimate while it runs; then what was used, 0 where Google does not charge. */
  readonly costMicroUsd: number;
};

export function paymentFor(operation: Operation): Payment {
  return {
    at: operation.at,
    model: operation.model,
    protocol: operation.protocol,
    prompt: operation.prompt,
    body: operation.request,
    operation: operation.id,
    tags: operation.tags,
    get costMicroUsd() {
      return operation.costMicroUsd;
    },
  };
}
