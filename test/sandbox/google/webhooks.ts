import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { fileUri } from './files.ts';
import type { Operation } from './operation.ts';
import type { Json } from './wire.ts';

export type SentWebhook = {
  at: number;
  operation: Operation;
  uri: string;
  headers: Record<string, string>;
  body: Json;
  /** Undefined while it is under way, and where nobody answered. */
  status: number | undefined;
};

const PAUSES_MS = [0, 50, 250, 1000];

/**
 * Tells the addresses of a submit's `webhook_config` how it ended: at least once, again with the
 * same `webhook-id` where no 2xx comes. Only loopback addresses are called. The signature is a
 * header of the right form that proves nothing.
 * Source: Google's documentation of 2026-05 and its SDK's types; nobody's recorded delivery is
 * known. Where `user_metadata` comes back is not documented: here beside `data`.
 */
export class Webhooks {
  readonly sent: SentWebhook[] = [];
  readonly #stopped = new AbortController();
  readonly #chance: Chance;
  readonly #now: () => number;

  constructor(chance: Chance, now: () => number) {
    this.#chance = chance;
    this.#now = now;
  }

  tell(operation: Operation): void {
    const event = eventOf(operation);
    if (!event) return;
    for (const uri of operation.order.webhook?.uris ?? []) {
      if (isLoopback(uri)) void this.#deliver(operation, uri, event);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #deliver(operation: Operation, uri: string, event: Json): Promise<void> {
    const at = this.#now();
    const userMetadata = operation.order.webhook?.userMetadata;
    const body: Json = {
      ...event,
      version: 'v1',
      timestamp: new Date(at).toISOString(),
      ...(userMetadata && { user_metadata: userMetadata }),
    };
    const part = () => this.#chance.bytes(24).toString('base64url');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': `evt_${this.#chance.bytes(12).toString('hex')}`,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': `${part()}.${part()}.${part()}`,
    };
    const signal = this.#stopped.signal;
    for (const pauseMs of PAUSES_MS) {
      try {
        await sleep(pauseMs, undefined, { signal });
        const entry: SentWebhook = { at, operation, uri, headers, body, status: undefined };
        this.sent.push(entry);
        const answer = await fetch(uri, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          redirect: 'manual',
          signal,
        });
        await answer.arrayBuffer();
        entry.status = answer.status;
        if (answer.ok) return;
      } catch {
        if (signal.aborted) return;
      }
    }
  }
}

/** Nothing is told of a cancelled operation: Google's list of events to register for lacks it. */
function eventOf(operation: Operation): Json | undefined {
  const { ending, id } = operation;
  switch (ending?.status) {
    case 'completed':
      if (operation.protocol === 'omni') return { type: 'interaction.completed', data: { id } };
      if (ending.result !== 'video') return undefined;
      return {
        type: 'video.generated',
        data: {
          id,
          output_file_uri: fileUri(ending.video.fileId),
          file_name: `files/${ending.video.fileId}`,
        },
      };
    case 'failed':
      if (operation.protocol === 'veo') return undefined;
      return {
        type: 'interaction.failed',
        data: { id, error_code: String(ending.code), error_message: ending.message },
      };
    case 'odd':
      if (ending.word !== 'requires_action') return undefined;
      return { type: 'interaction.requires_action', data: { id } };
    default:
      return undefined;
  }
}

function isLoopback(uri: string): boolean {
  const { hostname } = new URL(uri);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}
