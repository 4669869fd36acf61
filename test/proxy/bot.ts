/** The whole bot, a real proxy, and both stand-ins outside. */
import assert from 'node:assert/strict';
import type { Bot } from '../life/bot.ts';
import { startWorld, type WorldOptions } from '../life/world.ts';
import type { Message } from '../sandbox/discord/message.ts';
import { type LiteLlm, startLiteLlm } from './litellm.ts';

export type ProxyWorld = Awaited<ReturnType<typeof startProxyWorld>>;

/** One model of each protocol. */
export const modelOf = {
  omni: 'gemini-omni-1.2-flash',
  veo: 'veo-3.1-fast-generate-preview',
} as const;

export async function startProxyWorld(masterKey?: string, options: WorldOptions = {}) {
  const world = await startWorld(options);
  const withKey = masterKey === undefined ? {} : { masterKey };
  const upstreamUrl = world.google.upstreamUrl;
  let proxy: LiteLlm;
  try {
    proxy = await startLiteLlm({ upstreamUrl, ...withKey });
  } catch (error) {
    await world.close();
    throw error;
  }

  /** The bot with the right key, unless another is given. */
  function startBot(key: string | undefined = masterKey): Promise<Bot> {
    return world.startBot({
      LITELLM_BASE_URL: proxy.url,
      ...(key !== undefined && { LITELLM_API_KEY: key }),
    });
  }

  async function ask(protocol: keyof typeof modelOf, prompt: string): Promise<Message> {
    const asked = await world.ann.types(
      '/veo',
      { prompt, model: modelOf[protocol] },
      { in: world.channel },
    );
    return asked.reply();
  }

  /** On the same port, as after a crash of its container. */
  async function startProxyAgain(): Promise<void> {
    proxy = await startLiteLlm({ upstreamUrl, port: proxy.port, ...withKey });
  }

  async function close(): Promise<void> {
    await world.close();
    await proxy.kill();
  }

  return {
    ...world,
    get proxy() {
      return proxy;
    },
    startBot,
    startProxyAgain,
    ask,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The one video of this message, once it is there. */
export async function videoIn(message: Message): Promise<Uint8Array> {
  await message.becomes((m) => m.attachments.length > 0, 60_000);
  const [video, ...others] = message.attachments;
  assert.ok(video);
  assert.equal(others.length, 0);
  return video.bytes;
}

/** What Google has as the result of the last accepted submit, fetched past the proxy. */
export async function videoAtGoogle(world: ProxyWorld): Promise<Uint8Array> {
  const fileId = world.google.operations.at(-1)?.fileId;
  assert.ok(fileId, 'Google has made a file');
  const answer = await fetch(
    `${world.google.upstreamUrl}/v1beta/files/${fileId}:download?alt=media&key=any`,
  );
  assert.equal(answer.status, 200);
  return new Uint8Array(await answer.arrayBuffer());
}
