import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askProxy } from '../../src/litellm/proxy.ts';
import { type Handler, json, local, never } from './local.ts';

const readiness = { status: 'healthy', db: 'Not connected', litellm_version: '1.102.4' };

/** Answers the list of models as told, and readiness without a key. */
const models =
  (status: number, body: unknown): Handler =>
  (seen, response) => {
    if (seen.url === '/health/readiness') return json(response, 200, readiness);
    if (typeof body === 'string') {
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      return;
    }
    return json(response, status, body);
  };

const options = (base: string) => ({ base, key: 'sk-ours' });

test('a good proxy is asked for all pages of its models, by free calls only', async (t) => {
  const proxy = await local(t, (seen, response) => {
    if (seen.url === '/health/readiness') return json(response, 200, readiness);
    return seen.url.includes('pageToken')
      ? json(response, 200, { models: [{ name: 'models/b' }] })
      : json(response, 200, { models: [{ name: 'models/a' }, {}], nextPageToken: 'x&y' });
  });
  assert.deepEqual(await askProxy(options(proxy.base), never), {
    reachable: true,
    keyAccepted: true,
    googleKeyWorks: true,
    version: '1.102.4',
    offered: ['a', 'b'],
    problem: null,
  });
  assert.deepEqual(proxy.seen.map((seen) => seen.url).sort(), [
    '/gemini/v1beta/models?pageSize=1000',
    '/gemini/v1beta/models?pageSize=1000&pageToken=x%26y',
    '/health/readiness',
  ]);
  assert.ok(proxy.seen.every((seen) => seen.method === 'GET'));
});

const lite = (type: string, message = 'm') => ({
  error: { message, type, param: null, code: '1' },
});
const google = (code: number, message: string, status = 'X') => ({
  error: { code, message, status },
});

const problems: [string, number, unknown, boolean | null, boolean | null, RegExp][] = [
  ['a wrong key', 401, lite('token_not_found_in_db'), false, null, /Check LITELLM_API_KEY/],
  [
    'a wrong key without a database',
    400,
    lite('no_db_connection'),
    false,
    null,
    /Check LITELLM_API_KEY/,
  ],
  [
    'a wrong Google key',
    400,
    google(400, 'API key not valid.', 'INVALID_ARGUMENT'),
    true,
    false,
    /Google key.*"AIza"/,
  ],
  [
    'two credentials',
    400,
    google(400, 'Multiple authentication credentials received.'),
    true,
    false,
    /"AQ\."/,
  ],
  [
    'a Google key not allowed',
    403,
    google(403, 'Permission denied', 'PERMISSION_DENIED'),
    true,
    false,
    /Google key/,
  ],
  [
    'no Google key',
    500,
    { error: { message: 'Internal server error', type: 'internal_server_error' } },
    null,
    null,
    /set GEMINI_API_KEY/,
  ],
  [
    'no way to Google',
    500,
    lite('internal_server_error', 'Cannot connect to host g:443'),
    true,
    null,
    /cannot reach Google/,
  ],
  [
    'over budget',
    429,
    lite('budget_exceeded', 'Budget has been exceeded! Current cost: 5.0'),
    true,
    null,
    /^The proxy's key is over its budget there\. Raise/,
  ],
  ['rate limit', 429, lite('throttling_error'), true, null, /rpm_limit/],
  ['another route', 404, { detail: 'Not Found' }, null, null, /Check LITELLM_BASE_URL/],
  ['a web page', 200, '<html>', null, null, /Check LITELLM_BASE_URL/],
  ['a web page that is not there', 404, '<html>', null, null, /Check LITELLM_BASE_URL/],
  ['another service', 200, { ok: true }, null, null, /Check LITELLM_BASE_URL/],
  ['a gateway', 502, '<html>', null, null, /error \(HTTP 502\)/],
  [
    'Google’s error',
    503,
    google(503, 'busy', 'UNAVAILABLE'),
    true,
    null,
    /Google answers with an error/,
  ],
];

test('each problem becomes one sentence with what to do', async (t) => {
  const proxy = await local(t, () => {});
  for (const [what, status, body, keyAccepted, googleKeyWorks, problem] of problems) {
    proxy.answer = models(status, body);
    const report = await askProxy(options(proxy.base), never);
    assert.deepEqual(
      [report.reachable, report.keyAccepted, report.googleKeyWorks, report.offered, report.version],
      [true, keyAccepted, googleKeyWorks, null, '1.102.4'],
      what,
    );
    assert.match(report.problem ?? '', problem, what);
    assert.doesNotMatch(report.problem ?? '', /sk-ours/);
  }
});

test('a proxy that is down is reported, not thrown', async (t) => {
  const proxy = await local(t, (_, response) => void response.socket?.destroy());
  const report = await askProxy(options(proxy.base), never);
  assert.equal(report.reachable, false);
  assert.match(report.problem ?? '', /cannot be reached \(\w+\)/);
  const stopped = await askProxy(options(proxy.base), AbortSignal.abort());
  assert.equal(stopped.reachable, false);
});

test('a version told only in a header is taken', async (t) => {
  const proxy = await local(t, (seen, response) =>
    seen.url === '/health/readiness'
      ? json(response, 503, {}, { 'x-litellm-version': '1.90.0' })
      : json(response, 200, { models: [] }),
  );
  const report = await askProxy(options(proxy.base), never);
  assert.deepEqual([report.version, report.offered], ['1.90.0', []]);
});
