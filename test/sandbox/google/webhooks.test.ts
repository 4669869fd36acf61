import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { callsTo } from './calls.ts';
import { startGoogle } from './google.ts';
import type { Json } from './wire.ts';

/** Takes deliveries; answers with the statuses given, then 200. */
async function receiver(statuses: number[] = []) {
  const got: { path: string; id: string; headers: Json; body: Json }[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const id = String(request.headers['webhook-id']);
    got.push({ path: request.url ?? '', id, headers: request.headers, body: JSON.parse(text) });
    response.writeHead(statuses.shift() ?? 200).end();
    for (const wake of waiting.splice(0)) wake();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async count(number: number) {
      while (got.length < number) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a webhook', () => {
  it('tells each address of the request how it ended, and only those', async () => {
    await using hook = await receiver();
    const google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
    const calls = callsTo(google, 'proxy');
    const webhook_config = { uris: [`${hook.url}/hooks/1`], user_metadata: { job: 'j1' } };
    await calls.submitOmni();
    await calls.submitOmni({ webhook_config });
    for (const operation of google.operations) operation.finish();
    await hook.count(1);
    const [first] = hook.got;
    const id = google.operations[1]?.id;
    assert.equal(first?.path, '/hooks/1');
    assert.equal(first?.body.type, 'interaction.completed');
    assert.deepEqual([first?.body.data, first?.body.version], [{ id }, 'v1']);
    assert.deepEqual(first?.body.user_metadata, { job: 'j1' });
    assert.match(String(first?.headers['webhook-signature']), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.match(String(first?.headers['webhook-timestamp']), /^\d{10}$/);
    await google.stop();
    assert.equal(hook.got.length, 1);
  });

  it('comes again with the same id until it is taken', async () => {
    await using hook = await receiver([500]);
    const google = await startGoogle({ takesMs: 0 });
    await callsTo(google, 'proxy').submitOmni({ webhook_config: { uris: [hook.url] } });
    await hook.count(2);
    assert.equal(hook.got[0]?.id, hook.got[1]?.id);
    await google.stop();
  });

  it('tells of a failure and of a Veo file, and not of a cancelled job', async () => {
    await using hook = await receiver();
    const google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
    const calls = callsTo(google, 'proxy');
    const webhook_config = { uris: [hook.url] };
    await calls.submitOmni({ webhook_config });
    await calls.submitOmni({ webhook_config });
    await calls.submitVeo({ top: { webhookConfig: webhook_config } });
    const [cancelled, failed, veo] = google.operations;
    cancelled?.cancel();
    failed?.fail({ code: 13, message: 'It broke.' });
    await hook.count(1);
    veo?.finish();
    await hook.count(2);
    await google.stop();
    assert.deepEqual(
      hook.got.map(({ body }) => [body.type, body.data]),
      [
        ['interaction.failed', { id: failed?.id, error_code: '13', error_message: 'It broke.' }],
        [
          'video.generated',
          {
            id: veo?.id,
            output_file_uri: `https://generativelanguage.googleapis.com/v1beta/files/${veo?.fileId}:download?alt=media`,
            file_name: `files/${veo?.fileId}`,
          },
        ],
      ],
    );
  });

  it('never leaves the machine', async () => {
    const google = await startGoogle({ takesMs: 0 });
    const webhook_config = { uris: ['https://hooks.example/1', 'http://10.0.0.1/'] };
    await callsTo(google, 'proxy').submitOmni({ webhook_config });
    await google.operations[0]?.done;
    assert.deepEqual(google.webhooks, []);
    await google.stop();
  });
});
