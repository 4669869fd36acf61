import { fileUri } from './files.ts';
import type { Ending, Operation } from './operation.ts';
import type { Json } from './wire.ts';

/**
 * A Veo operation as `GET /v1beta/{name}` shows it: nothing but its name while it runs.
 * Source: recorded exchanges with the live API, 2026-10 (running, done, failed); Google's SDK for
 * filtered samples.
 */
export function veoOperation(operation: Operation): Json {
  const name = operation.id;
  const { ending } = operation;
  if (!ending) return { name };
  switch (ending.status) {
    case 'completed':
      return { name, done: true, response: response(ending) };
    case 'failed':
      return { name, done: true, error: { code: ending.code, message: ending.message } };
    case 'cancelled':
      return { name, done: true, error: { code: 1, message: 'The operation was cancelled.' } };
    case 'odd':
      return { name, done: true };
    default:
      return ending satisfies never;
  }
}

function response(ending: Extract<Ending, { status: 'completed' }>): Json {
  return {
    '@type': 'type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse',
    generateVideoResponse: videoResponse(ending),
  };
}

function videoResponse(ending: Extract<Ending, { status: 'completed' }>): Json {
  const filtered = (reason: string) => ({
    raiMediaFilteredCount: 1,
    raiMediaFilteredReasons: [reason],
  });
  switch (ending.result) {
    case 'refusal':
      return filtered(ending.reason);
    case 'lost':
      return { generatedSamples: [] };
    case 'video':
      return {
        generatedSamples: [{ video: { uri: fileUri(ending.video.fileId) } }],
        ...(ending.filtered !== undefined && filtered(ending.filtered)),
      };
    default:
      return ending satisfies never;
  }
}
