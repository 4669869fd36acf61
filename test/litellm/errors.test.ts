/** What each answer proves, row by row, through a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotReached, type RefusalCode, Refused } from '../../src/jobs/ports/service.ts';
import {
  Into,
  local,
  never,
  operation,
  request,
  service,
  submitting,
  thrown,
  veoRequest,
} from './local.ts';

type Expected = RefusalCode | 'left' | 'not left';

const lite = (type: string, message = 'm', code = '400') =>
  JSON.stringify({ error: { message, type, param: null, code } });
const google = (code: number, message: string, status = 'X', more: object = {}) =>
  JSON.stringify({ error: { code, message, status, ...more } });
const interactions = (message: string, code = 'invalid_request') =>
  JSON.stringify({ error: { message, code } });
const page = '<!DOCTYPE html>\n<html><title>Error</title></html>';
const notFound = '{"detail":"Not Found"}';
const noRoute =
  '{"detail":"Virtual key is not allowed to call this route. Only allowed routes: []"}';
const budget = 'Budget has been exceeded! Key=sk-hash Current cost: 5.0, Max budget: 1.0';
const credentials = 'Multiple authentication credentials received. Please pass only one.';
const invalidKey = google(
  400,
  'API key not valid. Please pass a valid API key.',
  'INVALID_ARGUMENT',
  {
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
  },
);
const ratio = interactions("The value '1:7' is not supported for 'response_format.aspect_ratio'.");
const noModel = google(
  404,
  'models/veo-9 is not found for API version v1beta, or is not supported for predictLongRunning.',
  'NOT_FOUND',
);
const retired = google(
  404,
  'This model models/veo-3.1-generate-preview is no longer available.',
  'NOT_FOUND',
);
const pythonBytes = `b'{\\n  "error": {\\n    "code": 400,\\n    "message": "\`aspectRatio\` doesn\\'t support \\\\"1:7\\\\"",\\n    "status": "INVALID_ARGUMENT"\\n  }\\n}\\n'`;

const submits: [string, number, string, Expected][] = [
  ['wrong key without a database', 400, lite('no_db_connection', 'No connected db.'), 'key'],
  ['unknown key', 401, lite('token_not_found_in_db', 'm', '401'), 'key'],
  ['key of a wrong form', 401, lite('auth_error', 'm', '401'), 'key'],
  ['expired key', 401, lite('expired_key', 'm', '401'), 'key'],
  ['key not for this model', 403, lite('key_model_access_denied', 'm', '403'), 'key'],
  ['team not for this model', 403, lite('team_model_access_denied', 'm', '403'), 'key'],
  ['key not for this route', 403, noRoute, 'key'],
  ['budget as 429', 429, lite('budget_exceeded', budget, '429'), 'service budget'],
  ['budget as 400', 400, lite('budget_exceeded', budget), 'service budget'],
  [
    'budget as 401',
    401,
    lite('auth_error', 'ExceededBudget: User=1 over budget. Spend=2', '401'),
    'service budget',
  ],
  [
    'budget as no deployments',
    429,
    lite('None', 'No deployments available - crossed budget', '429'),
    'service budget',
  ],
  ...[
    'Budget was exceeded for team t-1',
    'ExceededTokenBudget: Current spend for token: 7.2; Max Budget for Token: 2e-07',
    'Exceeded budget for provider gemini: 5.1 >= 5.0',
    'Team over max budget',
    'Organization=o-1 over its budget. Spend=9',
    'Max budget limit reached',
  ].map((words): [string, number, string, Expected] => [
    ...([`budget as: ${words}`, 429, lite('None', words, '429'), 'service budget'] as const),
  ]),
  [
    'the key’s own rate limit',
    429,
    lite('throttling_error', 'Limit resets at: 2026-11-24 10:00:00 UTC', '429'),
    'rate limit',
  ],
  [
    'Google’s rate limit',
    429,
    google(
      429,
      'You exceeded your current quota, please check your plan and billing details.',
      'RESOURCE_EXHAUSTED',
    ),
    'rate limit',
  ],
  [
    'Google’s rate limit in an array',
    429,
    `[${google(429, 'Please retry in 36.4s.', 'RESOURCE_EXHAUSTED')}]`,
    'rate limit',
  ],
  [
    'a body that is no JSON',
    400,
    lite('invalid_request_error', 'Invalid JSON payload'),
    'bad request',
  ],
  ['a wrong value, interactions', 400, ratio, 'bad request'],
  [
    'a wrong value, Veo',
    400,
    google(400, '`aspectRatio` does not support `1:7`', 'INVALID_ARGUMENT'),
    'bad request',
  ],
  [
    'the same from an older proxy',
    400,
    lite('None', google(400, '`aspectRatio` does not support `1:7`', 'INVALID_ARGUMENT')),
    'bad request',
  ],
  ['the same as Python prints it', 400, lite('None', pythonBytes), 'bad request'],
  [
    'the same behind a 500',
    500,
    lite(
      'None',
      `litellm.BadRequestError: GeminiException - ${google(400, 'x', 'INVALID_ARGUMENT')}`,
      '500',
    ),
    'bad request',
  ],
  ['a retired model from an older proxy', 404, lite('None', retired, '404'), 'model gone'],
  ['a wrong Google key', 400, invalidKey, 'key'],
  ['two credentials', 400, interactions(credentials), 'key'],
  ['Google’s 403', 403, google(403, 'Permission denied', 'PERMISSION_DENIED'), 'key'],
  [
    'a country not served',
    400,
    google(400, 'User location is not supported for the API use.', 'FAILED_PRECONDITION'),
    'setup',
  ],
  ['an unknown model', 404, noModel, 'model gone'],
  ['a retired model', 404, retired, 'model gone'],
  [
    'a publisher model',
    404,
    google(404, 'Publisher Model `projects/p/models/x` was not found', 'NOT_FOUND'),
    'model gone',
  ],
  [
    'an unknown model, interactions',
    404,
    interactions("Model 'x' not found. Did you mean one of y?", 'not_found'),
    'model gone',
  ],
  ['an unknown route of the proxy', 404, notFound, 'setup'],
  ['another method expected', 405, '{"detail":"Method Not Allowed"}', 'setup'],
  ['a page that is not there', 404, page, 'setup'],
  ['plain text that is not there', 404, 'not here', 'setup'],
  ['a login page by redirect', 302, '', 'setup'],
  ['a redirect to https', 308, '', 'setup'],
  ['the redirect after a done POST', 303, '', 'left'],
  ['a timeout between', 408, page, 'left'],
  ['a conflict nobody explains', 409, page, 'left'],
  [
    'a proxy that cannot reach Google',
    500,
    lite(
      'internal_server_error',
      'Cannot connect to host generativelanguage.googleapis.com:443 ssl:default [Connect call failed]',
      '500',
    ),
    'not left',
  ],
  [
    'a proxy whose connection broke',
    500,
    lite('internal_server_error', '[Errno 104] Connection reset by peer', '500'),
    'left',
  ],
  [
    'a server that went away',
    500,
    lite('internal_server_error', 'Server disconnected', '500'),
    'left',
  ],
  [
    'an answer cut at the proxy',
    500,
    lite(
      'internal_server_error',
      "Response payload is not completed: <TransferEncodingError: 400, message='Not enough data'>",
      '500',
    ),
    'left',
  ],
  [
    'a proxy without a Google key',
    500,
    '{"error":{"message":"Internal server error","type":"internal_server_error"}}',
    'left',
  ],
  ['Google’s 500', 500, google(500, 'Internal', 'INTERNAL'), 'left'],
  ['Google’s 503', 503, google(503, 'Overloaded', 'UNAVAILABLE'), 'left'],
  ['Google’s 504', 504, google(504, 'Deadline', 'DEADLINE_EXCEEDED'), 'left'],
  ['something between', 502, page, 'left'],
  ['a gateway’s timeout', 504, page, 'left'],
  ['a page in place of an answer', 200, page, 'left'],
  ['an answer without an id', 200, '{"status":"in_progress"}', 'left'],
  ['an id of no form', 200, '{"id":"a\\nb"}', 'left'],
  ['an id that leads elsewhere', 200, '{"id":".."}', 'left'],
  ['an id that is a number', 200, '{"id":7}', 'left'],
  ['nothing at all', 200, '', 'left'],
  ['half an answer', 200, '{"id":"v1_x","sta', 'left'],
];

function sorted(error: unknown): Expected {
  if (error instanceof Refused) return error.code;
  assert.ok(error instanceof NotReached, String(error));
  return error.left ? 'left' : 'not left';
}

test('an answer to the paid call is sorted by what it proves', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const [what, status, body, expected] of submits) {
    proxy.answer = (_, response) => {
      response.writeHead(status, { location: 'https://elsewhere.example/' }).end(body);
    };
    const before = proxy.seen.length;
    const error = await thrown(calls.submit(submitting(), never));
    assert.equal(sorted(error), expected, what);
    assert.equal(proxy.seen.length, before + 1, `sent once: ${what}`);
  }
});

const looks: [string, 'omni' | 'veo', number, string, Expected][] = [
  ['an unknown interaction', 'omni', 400, interactions('Invalid interaction name: v1_x'), 'gone'],
  ['an unknown interaction as 404', 'omni', 404, interactions('Not found', 'not_found'), 'gone'],
  [
    'an unknown interaction from an older proxy',
    'omni',
    400,
    lite('None', interactions('Invalid interaction name: v1_x')),
    'gone',
  ],
  ['two credentials', 'omni', 400, interactions(credentials), 'unclear'],
  [
    'two credentials of the front end',
    'omni',
    400,
    google(400, credentials, 'INVALID_ARGUMENT'),
    'unclear',
  ],
  ['any other 400', 'omni', 400, interactions('Request contains an invalid argument.'), 'unclear'],
  ['a retired model', 'omni', 404, retired, 'unclear'],
  [
    'an unknown operation',
    'veo',
    403,
    google(
      403,
      'You do not have permission to access the Operation with ID x or it may not exist.',
      'PERMISSION_DENIED',
    ),
    'gone',
  ],
  ['an operation not found', 'veo', 404, google(404, 'Operation not found.', 'NOT_FOUND'), 'gone'],
  ['a retired model', 'veo', 404, retired, 'unclear'],
  [
    'a 403 about the key',
    'veo',
    403,
    google(403, 'Your API key was reported as leaked.', 'PERMISSION_DENIED'),
    'key',
  ],
  [
    'a 400',
    'veo',
    400,
    google(400, 'Request contains an invalid argument.', 'INVALID_ARGUMENT'),
    'unclear',
  ],
  ['an unknown route of the proxy', 'omni', 404, notFound, 'setup'],
  ['an unknown route of the proxy', 'veo', 404, notFound, 'setup'],
  ['a page that is not there', 'veo', 404, page, 'setup'],
  ['a page in place of an answer', 'omni', 200, page, 'left'],
  ['a redirect', 'omni', 302, '', 'setup'],
  ['budget', 'veo', 429, lite('budget_exceeded', budget, '429'), 'service budget'],
  ['rate limit', 'omni', 429, lite('throttling_error', 'm', '429'), 'rate limit'],
  ['wrong key', 'omni', 400, lite('no_db_connection', 'No connected db.'), 'key'],
  ['wrong Google key', 'veo', 400, invalidKey, 'key'],
  ['a 404 of LiteLLM’s own', 'omni', 404, lite('not_found_error', 'm', '404'), 'unclear'],
  ['a 404 nobody explains', 'veo', 404, '', 'unclear'],
  ['a 503', 'veo', 503, google(503, 'Overloaded', 'UNAVAILABLE'), 'left'],
  ['a 502 page', 'omni', 502, page, 'left'],
  ['cut JSON', 'omni', 200, '{"id":"v1_x","status":"comp', 'left'],
  ['nothing', 'veo', 200, '', 'left'],
  ['JSON that is no object', 'veo', 200, '"done"', 'left'],
];

test('an answer to a look is sorted by what it proves about the operation', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const [what, protocol, status, body, expected] of looks) {
    proxy.answer = (_, response) => {
      response.writeHead(status, { location: 'https://elsewhere.example/' }).end(body);
    };
    const of = protocol === 'omni' ? request() : veoRequest;
    const name = protocol === 'omni' ? 'v1_x' : 'models/veo/operations/x';
    assert.equal(
      sorted(await thrown(calls.look(operation(name), of, never))),
      expected,
      `${protocol}: ${what}`,
    );
  }
});

test('a page with its own type in place of a good answer is a matter of the set-up', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  const calls = service(t, proxy.base);
  const file = { kind: 'file', fileId: 'abc' } as const;
  assert.equal(sorted(await thrown(calls.look(operation('v1_x'), request(), never))), 'setup');
  const into = new Into();
  assert.equal(
    sorted(await thrown(calls.download(operation('v1_x'), file, request(), into, never))),
    'setup',
  );
  assert.equal(into.sizeBytes, 0);
});

test('how long to wait is read from every place that says it', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  const retryInfo = { details: [{ '@type': 'x/google.rpc.RetryInfo', retryDelay: '36.4s' }] };
  const cases: [Record<string, string>, string, number | null][] = [
    [{ 'retry-after': '59' }, google(429, 'm', 'RESOURCE_EXHAUSTED'), 59_000],
    [{}, google(429, 'm', 'RESOURCE_EXHAUSTED', retryInfo), 36_400],
    [{}, google(429, 'Please retry in 36.4s.', 'RESOURCE_EXHAUSTED'), 36_400],
    [
      { date: 'Tue, 24 Nov 2026 09:59:30 GMT' },
      lite('throttling_error', 'Limit resets at: 2026-11-24 10:00:00 UTC', '429'),
      30_000,
    ],
    [{}, google(429, 'm', 'RESOURCE_EXHAUSTED'), null],
  ];
  for (const [headers, body, expected] of cases) {
    proxy.answer = (_, response) => void response.writeHead(429, headers).end(body);
    const error = await thrown(calls.look(operation('v1_x'), request(), never));
    assert.ok(error instanceof Refused);
    assert.equal(error.retryAfterMs, expected);
  }
});

test('the service’s words are kept without keys, and an error’s own text has none of them', async (t) => {
  const key = `AIza${'x'.repeat(35)}`;
  const proxy = await local(t, (_, response) => {
    response
      .writeHead(400)
      .end(interactions(`bad field at https://g/v1?key=${key}&x=1 sk-ours ${'é😀'.repeat(3_000)}`));
  });
  const error = await thrown(service(t, proxy.base).submit(submitting(), never));
  assert.ok(error instanceof Refused);
  assert.match(error.said ?? '', /^bad field/);
  assert.doesNotMatch(`${error.said} ${error.message} ${error.stack}`, /xxxx|sk-ours|yarn/);
  assert.ok((error.said ?? '').length <= 4_000 && (error.said ?? '').isWellFormed());
  assert.equal(error.message, 'refused: bad request (400)');
});
