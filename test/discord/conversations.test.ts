import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRest } from '../../src/discord/connection/rest.ts';
import { idAt, isNewer } from '../../src/discord/connection/snowflakes.ts';
import { createConversations } from '../../src/discord/conversations.ts';
import type { DirectMessage } from '../../src/discord/dms.ts';
import type { Channel, Message } from '../sandbox/discord/discord.ts';
import { type Running, type RunningPlan, running } from './running.ts';

const DAY_MS = 24 * 3_600_000;
const unlimited = { discord: { rateLimits: false } } as const;

/** Not started, and with a member whose direct messages it knows from before. */
async function away(plan: RunningPlan = {}) {
  const at = await running({ ...plan, start: false });
  const { channelId, userId } = { channelId: at.ann.dm.id, userId: at.ann.id };
  const known = { channelId, userId, settledId: idAt(Date.now() - 2 * DAY_MS), at: Date.now() };
  await at.store.noteConversation(known);
  return at;
}

/** What was said to the member, once a further message of theirs has its answer too. */
async function answersToOlderOnes(at: Running): Promise<Message[]> {
  const last = at.ann.dm.says('the last one');
  await at.ann.dm.nextMessage(({ repliesTo }) => repliesTo === last);
  return answersIn(at.ann.dm).filter(({ repliesTo }) => repliesTo !== last);
}

function answersIn({ messages }: Channel): Message[] {
  return messages.filter(({ author }) => author.bot);
}

const isReply = (to: Message) => (message: Message) => message.repliesTo === to;

/** The bot's own answer of a life before, as Discord has it. */
async function answeredEarlier(at: Running, to: Message): Promise<void> {
  const rest = createRest({ token: at.sandbox.botToken, apiUrl: at.sandbox.apiUrl });
  await rest.deliveries.post(`/channels/${to.channel.id}/messages`, {
    body: {
      content: 'This makes a video',
      message_reference: { message_id: to.id },
      allowed_mentions: { parse: [] },
    },
  });
  rest.close();
}

async function settledIn(at: Running): Promise<string> {
  return (await at.store.findConversation(at.ann.dm.id))?.settledId ?? '';
}

async function isSettled(at: Running, upTo: Message): Promise<void> {
  const limit = AbortSignal.timeout(10_000);
  while (isNewer(upTo.id, await settledIn(at))) {
    assert.ok(!limit.aborted, 'never settled');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const asksForOlder = (at: Running) =>
  at.sandbox.journal.filter(({ route }) => route === '/channels/{channel_id}/messages').length;

describe('direct messages that came while the bot was away', { concurrency: 5 }, () => {
  it('are each answered once, oldest first, with a price and a button; nothing is paid', async () => {
    await using at = await away();
    const said = ['a fox', 'a hen', 'a cat'].map((text) => at.ann.dm.says(text));
    await at.bot.start();
    const answers: Message[] = [];
    for (const _ of said) answers.push(await at.ann.dm.nextMessage());
    assert.deepEqual(
      answers.map(({ repliesTo }) => repliesTo),
      said,
    );
    for (const { content, buttons } of answers) {
      assert.match(content, /nothing is charged before you press the button/);
      assert.equal(buttons[0]?.label, 'Make it $0.56');
    }
    assert.equal((await answersToOlderOnes(at)).length, 3);
    assert.deepEqual(await at.jobs(), []);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('are left alone where they are older than a day or have their answer', async () => {
    let now = Date.now() - 1.5 * DAY_MS;
    await using at = await away({ discord: { now: () => now } });
    at.ann.dm.says('too old');
    now = Date.now();
    const answered = at.ann.dm.says('answered by a process that died before it noted so');
    await answeredEarlier(at, answered);
    const open = at.ann.dm.says('a fox');
    await at.bot.start();
    await at.ann.dm.nextMessage(isReply(open));
    const answers = await answersToOlderOnes(at);
    assert.deepEqual(
      answers.map(({ repliesTo }) => repliesTo),
      [answered, open],
    );
  });

  it('are the newest ten of a conversation', async () => {
    await using at = await away(unlimited);
    const said = Array.from({ length: 13 }, (_, n) => at.ann.dm.says(`fox ${n}`));
    await at.bot.start();
    await at.ann.dm.nextMessage(isReply(said[12] as Message));
    const answers = await answersToOlderOnes(at);
    assert.deepEqual(
      answers.map(({ repliesTo }) => repliesTo),
      said.slice(3),
    );
  });

  it('are read page by page, however much was said', async () => {
    await using at = await away(unlimited);
    const said = Array.from({ length: 130 }, (_, n) => at.ann.dm.says(`fox ${n}`));
    for (const message of said.slice(0, 110)) await answeredEarlier(at, message);
    await at.bot.start();
    await at.ann.dm.nextMessage(isReply(said[129] as Message));
    assert.equal((await answersToOlderOnes(at)).length, 120);
  });

  for (const when of ['before', 'after'] as const) {
    it(`are not answered twice where one arrives ${when} the list of them is made`, async () => {
      await using at = await away();
      const older = at.ann.dm.says('a fox');
      at.sandbox.fault({
        ...{ on: 'get-messages', times: 1 },
        ...{ when: when === 'before' ? 'after' : 'before', answer: { delayMs: 150 } },
      });
      await at.bot.start();
      await at.sandbox.connected();
      const live = at.ann.dm.says('a hen');
      await at.ann.dm.nextMessage(isReply(older));
      await at.ann.dm.nextMessage(isReply(live));
      assert.equal((await answersToOlderOnes(at)).length, 2);
    });
  }

  it('are asked for again where Discord cannot say now, and noted once they are answered', async () => {
    await using at = await away();
    const answer = { status: 502 };
    at.sandbox.fault({ on: 'get-messages', times: 2, when: 'before', answer });
    const said = at.ann.dm.says('a fox');
    await at.bot.start();
    await at.ann.dm.nextMessage(isReply(said));
    await isSettled(at, said);
  });

  it('do not hold up what is said now where Discord does not give them out', async () => {
    await using at = await away();
    at.sandbox.fault({
      ...{ on: 'get-messages', when: 'before' },
      answer: { status: 403, body: { code: 50001, message: 'Missing Access' } },
    });
    at.ann.dm.says('out of reach');
    await at.bot.start();
    assert.deepEqual(await answersToOlderOnes(at), []);
    at.ann.dm.says('a hen');
    await at.ann.dm.nextMessage();
    assert.equal(asksForOlder(at) - answersIn(at.ann.dm).length, 1, 'asked once');
  });

  it('are left for the next start where the bot stops before it could answer', async () => {
    await using at = await away();
    at.sandbox.fault({ on: 'post-message', when: 'before', answer: 'hang' });
    const said = at.ann.dm.says('a fox');
    await at.bot.start();
    while (
      !at.sandbox.journal.some(({ method, route }) => method === 'POST' && /messages$/.test(route))
    )
      await new Promise((resolve) => setTimeout(resolve, 5));
    await at.bot.stop();
    assert.ok(isNewer(said.id, await settledIn(at)));
  });
});

describe('a conversation', { concurrency: 5 }, () => {
  it('is known from its first message on, and settled once that is answered', async () => {
    await using at = await running();
    at.sandbox.fault({ on: 'post-message', times: 1, when: 'before', answer: { delayMs: 100 } });
    const said = at.ann.dm.says('a fox');
    while ((await settledIn(at)) === '') await new Promise((resolve) => setTimeout(resolve, 1));
    assert.ok(isNewer(said.id, await settledIn(at)), 'to be found again by the next process');
    await isSettled(at, said);
  });

  it('is known once a command is used there, and forgotten with everything of its member', async () => {
    await using at = await running();
    const asked = await at.ann.types('/veo-help', {}, { in: at.ann.dm });
    await asked.reply();
    while ((await settledIn(at)) === '') await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(await settledIn(at), asked.id);
    await at.actions.forget(at.ann.id);
    assert.equal(await settledIn(at), '');
  });

  it('has one answer to a message where what Discord said to the first try was lost', async () => {
    await using at = await running();
    at.sandbox.fault({ on: 'post-message', times: 1, when: 'after', answer: 'reset' });
    const said = at.ann.dm.says('a fox');
    await isSettled(at, said);
    assert.equal(answersIn(at.ann.dm).length, 1);
    assert.deepEqual(
      at.events.filter(({ kind }) => kind === 'not answered'),
      [],
    );
  });

  it('passes over no older message that could not be read before a newer one', async () => {
    await using at = await away();
    const fault = at.sandbox.fault({
      ...{ on: 'get-messages', when: 'before', answer: { status: 500 } },
    });
    const { conversations, answered } = aloneOver(at);
    const older = at.ann.dm.says('a fox');
    const live = at.ann.dm.says('a hen');
    await conversations.heard(asHeard(live));
    assert.deepEqual(answered, [live.id]);
    assert.ok(isNewer(older.id, await settledIn(at)), 'not passed over');
    fault.clear();
    await conversations.readUp();
    assert.deepEqual(answered, [live.id, older.id], 'each once');
    assert.equal(await settledIn(at), live.id);
  });

  it('meets again what could not be answered, before anything newer', async () => {
    await using at = await away();
    let reachable = false;
    const { conversations, answered } = aloneOver(at, () => reachable);
    const first = at.ann.dm.says('a fox');
    await conversations.heard(asHeard(first));
    reachable = true;
    const second = at.ann.dm.says('a hen');
    await conversations.heard(asHeard(second));
    assert.deepEqual(answered, [first.id, first.id, second.id]);
    assert.equal(await settledIn(at), second.id);
  });

  it('goes on after a message that ends the process, which the next one does not meet', async () => {
    await using at = await away();
    const { conversations } = aloneOver(at, () => {
      throw new TypeError('a mistake');
    });
    const said = at.ann.dm.says('a fox');
    await assert.rejects(conversations.heard(asHeard(said)), TypeError);
    const { conversations: next, answered } = aloneOver(at);
    await next.readUp();
    assert.deepEqual(answered, []);
  });
});

/** Without a bot around it: what was answered, in order. */
function aloneOver(at: Running, canAnswer: () => boolean = () => true) {
  const answered: string[] = [];
  const rest = createRest({ token: at.sandbox.botToken, apiUrl: at.sandbox.apiUrl });
  const conversations = createConversations({
    ...{ store: at.store, rest, observe: () => {}, now: Date.now },
    signal: new AbortController().signal,
    async answer({ id }) {
      answered.push(id);
      return canAnswer();
    },
  });
  rest.close();
  return { conversations, answered };
}

function asHeard({ id, channel, author, content }: Message): DirectMessage {
  const nothing = { hasFiles: false, pictures: [], repliesTo: null };
  return { id, channelId: channel.id, authorId: author.id, text: content, ...nothing };
}
