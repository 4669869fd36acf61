import { type Answer, html, json } from './wire.ts';

/**
 * The answers of Google and of LiteLLM that are not a result, word for word where a recording
 * exists. "Wording assumed" marks a message that nobody recorded; its shape is a known one.
 * Each can be given to `google.next(…)` as a fault too.
 *
 * Source: recorded exchanges with the live API, 2026-10; LiteLLM 1.102.4 run in front of a local
 * upstream, 2026-11; reports of live answers, 2026-07 to 2026-11.
 */

/** An error of the interactions service: `code` is a word, there is no `status`. */
export function interactionsError(
  message: string,
  status = 400,
  code = status === 404 ? 'not_found' : 'invalid_request',
): Answer {
  return json(status, { error: { message, code } });
}

/** An error of Google's front end, and of everything that is not the interactions service. */
export function googleError(
  code: number,
  status: string,
  message: string,
  details?: unknown[],
): Answer {
  const error = { code, message, status, ...(details && { details }) };
  return json(code, { error });
}

/** LiteLLM's own error: only these have a `type`, and their `code` is a string of digits. */
export function liteLlmError(status: number, type: string, message: string): Answer {
  const error = { message, type, param: null, code: String(status) };
  return json(status, { error }, OWN_JSON);
}

const OWN_JSON = { 'content-type': 'application/json' };

export const twoCredentials = () =>
  interactionsError('Multiple authentication credentials received. Please pass only one.');

export const invalidInteraction = (id: string) =>
  interactionsError(`Invalid interaction name: ${id}`);

export const unknownOmniModel = (model: string, others: string[]) =>
  interactionsError(
    `Model '${model}' not found. Did you mean one of ${others.map((id) => `'${id}'`).join(', ')}?`,
    404,
  );

export const unknownVeoModel = (model: string) =>
  googleError(
    404,
    'NOT_FOUND',
    `models/${model} is not found for API version v1beta, or is not supported for predictLongRunning. Call ListModels to see the list of available models and their supported methods.`,
  );

/** The end of the sentence is as reported, its beginning assumed. */
export const retiredModel = (model: string) =>
  googleError(404, 'NOT_FOUND', `This model models/${model} is no longer available.`);

export const unknownOperation = (id: string) =>
  googleError(
    403,
    'PERMISSION_DENIED',
    `You do not have permission to access the Operation with ID ${id} or it may not exist.`,
  );

/** Wording assumed, after that of an operation. */
export const unknownFile = (id: string) =>
  googleError(
    403,
    'PERMISSION_DENIED',
    `You do not have permission to access the File ${id} or it may not exist.`,
  );

export const fileNotActive = (id: string) =>
  googleError(400, 'FAILED_PRECONDITION', `The File ${id} is not in an ACTIVE state.`);

export const noGoogleKey = () =>
  googleError(
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  );

export const wrongGoogleKey = () =>
  googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
    },
  ]);

/** 429; the same body for both limits, only `quotaId` tells which. */
export function quotaExceeded(per: 'minute' | 'day' = 'minute', retrySeconds = 36.4): Answer {
  const quotaId =
    per === 'minute'
      ? 'GenerateRequestsPerMinutePerProjectPerModel'
      : 'GenerateRequestsPerDayPerProjectPerModel';
  return googleError(
    429,
    'RESOURCE_EXHAUSTED',
    `You exceeded your current quota, please check your plan and billing details. Please retry in ${retrySeconds}s.`,
    [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
      {
        '@type': 'type.googleapis.com/google.rpc.RetryInfo',
        retryDelay: `${Math.floor(retrySeconds)}s`,
      },
    ],
  );
}

export const unavailable = () =>
  googleError(503, 'UNAVAILABLE', 'The service is currently unavailable.');

export const internal = () =>
  googleError(500, 'INTERNAL', 'An internal error has occurred. Please retry.');

/** Google's page for a path that does not exist; wording shortened. */
export const noSuchPage = () =>
  html(
    404,
    '<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>\n  <p>The requested URL was not found on this server.\n',
  );

// LiteLLM

export const noSuchRoute = () => json(404, { detail: 'Not Found' }, OWN_JSON);

/** Ways a proxy refuses a key, by how it is set up. */
export type KeyRefusal = 'no-database' | 'unknown' | 'auth' | 'expired' | 'model' | 'route';

export function keyRefused(how: KeyRefusal = 'no-database'): Answer {
  switch (how) {
    case 'no-database':
      return liteLlmError(400, 'no_db_connection', 'No connected db.');
    case 'unknown':
      return liteLlmError(
        401,
        'token_not_found_in_db',
        'Authentication Error, Invalid proxy server token passed. Unable to find token in cache or `LiteLLM_VerificationTokenTable`',
      );
    case 'auth':
      return liteLlmError(401, 'auth_error', 'Authentication Error, Invalid proxy server token');
    case 'expired':
      return liteLlmError(401, 'expired_key', 'Authentication Error - Expired Key.');
    case 'model':
      return liteLlmError(
        403,
        'key_model_access_denied',
        'key not allowed to access model. This key can only access certain models.',
      );
    case 'route':
      return json(403, {
        detail:
          'Virtual key is not allowed to call this route. Only allowed to call certain routes.',
      });
    default:
      return how satisfies never;
  }
}

/** On every call once the key's budget is used up, polls and downloads too. */
export const budgetExceeded = (status: 429 | 400 = 429) =>
  liteLlmError(
    status,
    'budget_exceeded',
    'Budget has been exceeded! Key=c0ffee…beef Current cost: 5.0, Max budget: 1.0',
  );

/** The key's own rate limit: no `Retry-After`. */
export const keyThrottled = () =>
  liteLlmError(
    429,
    'throttling_error',
    'Rate limit exceeded for api_key. Limit type: requests. Current limit: 10, Remaining: 0. Limit resets at: 2026-11-24 10:00:00 UTC',
  );

export const notJson = () =>
  liteLlmError(
    400,
    'invalid_request_error',
    'Invalid JSON payload: unexpected end of data: line 1 column 6 (char 5)',
  );

/** Google's connection broke after the request was written. The text says nothing about acceptance. */
export const brokeWithGoogle = (
  how:
    | '[Errno 104] Connection reset by peer'
    | 'Server disconnected'
    | `Response payload is not completed: ${string}` = '[Errno 104] Connection reset by peer',
) => liteLlmError(500, 'internal_server_error', how);

/** The one 500 of LiteLLM's that proves nothing was sent. */
export const cannotReachGoogle = () =>
  liteLlmError(
    500,
    'internal_server_error',
    'Cannot connect to host generativelanguage.googleapis.com:443 ssl:default [Connect call failed]',
  );

/** What a proxy without a Google key answers, and one without a database to `/key/info`: no `code`. */
export const internalServerError = () =>
  json(
    500,
    { error: { message: 'Internal server error', type: 'internal_server_error' } },
    OWN_JSON,
  );

/** Where a base address without `/gemini` leads, for a model the proxy's own list lacks. */
export const noDeployment = (model: string) =>
  liteLlmError(
    400,
    'invalid_request_error',
    `litellm.BadRequestError: You passed in model=${model}. There are no healthy deployments for this model. Received Model Group=${model}\nAvailable Model Group Fallbacks=None`,
  );
