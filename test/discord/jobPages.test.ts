/** `/veo-admin jobs`, page by page, and `/veo-admin job` with its money. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bringTo, sampleReply, sampleRequest } from '../jobs/samples.ts';
import type { Member, Message } from '../sandbox/discord/discord.ts';
import { withAdmins } from './asAdmin.ts';

const labels = ({ buttons }: Message) => buttons.map(({ label }) => label);
const idsIn = ({ content }: Message) => content.match(/^[0-9a-z]{8}(?= · )/gm) ?? [];

async function turned(message: Message, who: Member, label: string): Promise<Message> {
  const before = message.content;
  await who.presses(message, label);
  return message.becomes(({ content }) => content !== before);
}

describe('/veo-admin jobs', () => {
  it('goes through all of them, older and newer, whoever asked', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const all: string[] = [];
    for (let i = 0; i < 23; i += 1) {
      const job = await bringTo(at.store, i % 2 === 0 ? 'failed' : 'queued', { askedAt: 1e12 + i });
      all.unshift(job.id);
    }
    const list = await with_.asks(admin, 'jobs');
    assert.deepEqual([idsIn(list), labels(list)], [all.slice(0, 10), ['Older']]);
    await turned(list, admin, 'Older');
    assert.deepEqual([idsIn(list), labels(list)], [all.slice(10, 20), ['Newer', 'Older']]);
    await turned(list, admin, 'Older');
    assert.deepEqual([idsIn(list), labels(list)], [all.slice(20), ['Newer']]);
    await turned(list, admin, 'Newer');
    assert.deepEqual(idsIn(list), all.slice(10, 20));
    const failed = await with_.asks(admin, 'jobs', { state: 'failed' });
    await turned(failed, admin, 'Older');
    assert.match(failed.content, /^🎞️ The newest videos, failed · page 2\n/);
    assert.equal(idsIn(failed).length, 2);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('lists those of one member', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const { id } = await bringTo(at.store, 'queued', {
      requester: { userId: at.bob.id, locale: 'en-US' },
    });
    await bringTo(at.store, 'queued');
    const typed = await admin.types(
      '/veo-admin jobs',
      { member: at.bob },
      { in: at.channel, shownAll: true },
    );
    const list = await typed.reply();
    assert.deepEqual(idsIn(list), [id]);
    assert.match(list.content, new RegExp(`of <@${at.bob.id}>`));
    assert.deepEqual(list.pings, []);
  });

  it('shows the admin of a server its own without what was written, and nobody else anything', async () => {
    await using with_ = await withAdmins();
    const { at, owner, member } = with_;
    const request = sampleRequest({ prompt: 'a secret' });
    const reply = sampleReply({ guildId: at.server.id });
    for (let i = 0; i < 11; i += 1) await bringTo(at.store, 'queued', { request, reply });
    await bringTo(at.store, 'failed', { request });
    const list = await with_.asks(owner, 'jobs', { of: 'whole bot' });
    assert.doesNotMatch(list.content, /secret|failed/);
    await turned(list, owner, 'Older');
    assert.equal(idsIn(list).length, 1);
    assert.doesNotMatch(list.content, /secret/);
    assert.match(await with_.says(member, 'jobs'), /for the admins of this bot only/);
    assert.match(
      await with_.says(owner, 'job', { id: 'whatever' }),
      /There is no video "whatever" here/,
    );
    // Rights that are gone by the time of the press.
    owner.admin = false;
    const before = list.content;
    const pressed = await owner.presses(list, 'Newer');
    assert.match((await pressed.reply()).content, /for the admins of this bot only/);
    assert.equal(list.content, before);
  });
});

describe('/veo-admin job', () => {
  it('has every row of its money', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const { id } = await bringTo(at.store, 'delivered');
    const words = await with_.says(admin, 'job', { id });
    assert.match(words, /🧾 <t:\d+:T> reserved · \+\$0\.80 held\n/);
    assert.match(
      words,
      /🧾 <t:\d+:T> settled, at the estimate · -\$0\.80 held, \+\$0\.80 charged\n/,
    );
  });
});
