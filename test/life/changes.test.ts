/** Under a video: changed, extended, upscaled, made in full, deleted. The first job is never touched. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import type { Channel, Interaction, Member, Message } from '../sandbox/discord/discord.ts';
import { type Ask, hasVideo, newMember, paidFor, somebodyAsks, videosFor } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: 100 },
  env: {
    VIDEO_MODELS: 'gemini-omni-1.2-flash,gemini-omni-1.1-flash,veo-3.1-fast-generate-preview',
  },
});
const { discord, google } = world;
after(() => world.close());
const admin = newMember(world, 'Ada');
let bot = await world.startBot({ ADMIN_USER_IDS: admin.id });

const OLDER = 'gemini-omni-1.1-flash';

const labels = (message: Message) => message.buttons.map(({ label }) => label);

async function made(prompt: string, options = {}, more: Partial<Ask> = {}): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt, { options, ...more });
  await ask.message.becomes(hasVideo);
  return ask;
}

/** The last order that was paid for. */
function lastPaid() {
  const operation = google.operations.at(-1);
  assert.ok(operation);
  return operation;
}

async function newVideo(by: Interaction): Promise<Message> {
  const message = await by.reply();
  await message.becomes(hasVideo);
  return message;
}

function clean(): void {
  assert.deepEqual(discord.violations, []);
}

async function changeForm(member: Member, message: Message): Promise<Interaction> {
  const opened = await member.presses(message, 'Change');
  await opened.form();
  return opened;
}

function roomElsewhere(...members: readonly Member[]): Channel {
  const server = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  server.join(...members);
  return server.createChannel({ name: 'room' });
}

describe('under a finished video', () => {
  test('stand only the buttons that its model can, each with its price', async () => {
    const omni = await made('a hare', { duration: 8 });
    const wanted = ['Run again $0.56', 'Change', 'Extend $0.56', 'Upscale $0.91', 'Delete'];
    assert.deepEqual(labels(omni.message), wanted);
    const older = await made('a hare of before', { model: 'gemini-omni-1.1-flash', duration: 8 });
    assert.deepEqual(labels(older.message), [
      'Run again $0.80',
      'Change',
      'Extend $0.77',
      'Delete',
    ]);
    const veo = await made('a hare by veo', { model: 'veo-3.1-fast-generate-preview' });
    assert.deepEqual(labels(veo.message), ['Run again $0.80', 'Change', 'Delete']);
    clean();
  });
});

describe('Change', () => {
  test('edits that very clip by its interaction, at the price shown', async () => {
    const { member, message } = await made('a red fox', { duration: 4, aspect: '9:16' });
    const earlier = lastPaid();
    const opened = await changeForm(member, message);
    const form = await opened.form();
    assert.equal(form.title, 'Change this video');
    assert.match(JSON.stringify(form.components), /Change this very video · \$0\.32/);
    const changed = await newVideo(await member.submits(opened, { prompt: 'make it blue' }));
    const { request } = lastPaid();
    assert.equal(request.previous_interaction_id, earlier.id);
    assert.deepEqual(request.response_format, {
      ...{ type: 'video', delivery: 'uri', resolution: '720p' },
    });
    assert.match(
      changed.content,
      /Changed video · Omni 1\.2 · 4 s · 9:16 · 720p · \$0\.\d\d charged/,
    );
    assert.equal(paidFor(world, 'make it blue'), 1);
    assert.ok(hasVideo(message) && /a red fox/.test(message.content));
    clean();
  });

  test('or begins anew, by anybody and on their own', async () => {
    const ask = await made('a grey wolf');
    const eve = newMember(world, 'Eve');
    const opened = await changeForm(eve, ask.message);
    const values = { how: ['anew'], prompt: 'a white wolf', length: ['3 16:9'], quality: ['360p'] };
    await newVideo(await eve.submits(opened, values));
    assert.equal(lastPaid().request.previous_interaction_id, undefined);
    assert.equal(paidFor(world, 'a white wolf'), 1);
    const mine = await (await eve.types('/videos', {}, { in: ask.channel })).reply();
    assert.match(mine.content, /a white wolf/);
    clean();
  });

  test('of a clip that the service does not know any more costs nothing and says so', async () => {
    const { member, message } = await made('a lost hen');
    google.forget(lastPaid());
    const opened = await changeForm(member, message);
    const before = google.paid.length;
    const told = await (await member.submits(opened, { prompt: 'find her' })).reply();
    await told.becomes(({ content }) => /to be made of is not kept any more/.test(content));
    assert.match(told.content, /Not charged\. Make a new one instead\.$/);
    assert.deepEqual(labels(told), ['Change']);
    assert.equal(google.paid.length, before);
    clean();
  });

  test('of a clip made with another project’s key costs nothing and says so', async () => {
    const { member, message } = await made('a far goose');
    const key = google.proxy.googleKey;
    google.proxy.googleKey = 'the-key-of-another-project';
    const told = await (await member.presses(message, 'Extend')).reply();
    await told.becomes(({ content }) => /to be made of is not kept any more/.test(content));
    google.proxy.googleKey = key;
    assert.equal(paidFor(world, 'a far goose'), 1);
    clean();
  });
});

test('Extend and Upscale make a new video of the clip by one press, twice pressed once', async () => {
  const { member, message } = await made('a tall tree', { duration: 8 });
  const clip = lastPaid();
  const presses = await Promise.all([
    member.presses(message, 'Extend $0.56'),
    member.presses(message, 'Extend $0.56'),
  ]);
  const types = await Promise.all(presses.map(async (press) => (await press.acknowledged).type));
  assert.deepEqual(types.toSorted(), [5, 6]);
  const press = presses[types.indexOf(5)];
  assert.ok(press);
  const longer = await newVideo(press);
  assert.equal(paidFor(world, 'a tall tree'), 2);
  const extended = lastPaid();
  assert.equal(extended.request.previous_interaction_id, clip.id);
  assert.deepEqual(extended.request.generation_config, { video_config: { task: 'extend' } });
  assert.equal(extended.order.seconds, 7);
  assert.match(longer.content, /Extended video · Omni 1\.2 · \+7 s · /);
  const sharp = await newVideo(await newMember(world).presses(message, 'Upscale $0.91'));
  const { request } = lastPaid();
  assert.equal(request.previous_interaction_id, clip.id);
  assert.deepEqual(request.response_format, {
    ...{ type: 'video', delivery: 'uri', resolution: '1080p' },
  });
  assert.match(sharp.content, /Upscaled video · Omni 1\.2 · 8 s · 16:9 · 1080p · /);
  clean();
});

describe('a draft', () => {
  test('is cheap, says what it is, and is made in full of the same clip', async () => {
    const { member, message } = await made('a sketch', { draft: true, duration: 8 });
    const clip = lastPaid();
    assert.equal(clip.order.resolution, '360p');
    assert.match(message.content, /\nDraft · Omni 1\.2 · 8 s · 16:9 · 360p · /);
    const wanted = [
      ...['Run again $0.18', 'Change', 'Make it in full 1080p $0.86', 'Extend $0.18', 'Delete'],
    ];
    assert.deepEqual(labels(message), wanted);
    const full = await newVideo(await member.presses(message, 'Make it in full'));
    assert.equal(lastPaid().request.previous_interaction_id, clip.id);
    assert.match(full.content, /Upscaled video · Omni 1\.2 · 8 s · 16:9 · 1080p/);
    clean();
  });

  test('of a model that cannot upscale is said to be made anew', async () => {
    const options = { draft: true, model: 'gemini-omni-1.1-flash', duration: 4 };
    const { member, message } = await made('a rough one', options);
    assert.ok(labels(message).includes('Make a new one in full $0.40'));
    const full = await newVideo(await member.presses(message, 'Make a new one in full'));
    assert.equal(lastPaid().request.previous_interaction_id, undefined);
    assert.match(full.content, /\nOmni 1\.1 · 4 s · 16:9 · 720p · /);
    clean();
  });
});

describe('Delete', () => {
  test('takes the video out of its message after a second press, and the charge stays said', async () => {
    const ask = await made('a secret', { duration: 3 });
    const { member, message, channel } = ask;
    const eve = newMember(world, 'Eve');
    const refused = await (await eve.presses(message, 'Delete')).reply();
    assert.match(refused.content, /^Only the member who asked for this video, or an admin/);
    const confirm = await (await member.presses(message, 'Delete')).nextFollowUp();
    assert.ok(confirm.ephemeral);
    assert.match(confirm.content, /\$0\.\d\d charged/);
    assert.ok(hasVideo(message));
    await member.presses(confirm, 'Delete it');
    await message.becomes((one) => !hasVideo(one));
    assert.match(message.content, /^🗑️ A video was here\. .* · \$0\.\d\d charged$/);
    assert.deepEqual(labels(message), []);
    assert.deepEqual(videosFor(ask), []);
    await confirm.becomes(({ content }) => /is deleted from its message/.test(content));
    const list = await (await member.types('/videos', {}, { in: channel })).reply();
    assert.match(list.content, /a secret · \$0\.\d\d charged/);
    clean();
  });
});

test('a reply to a video in a direct message is a change of it, once its button is pressed', async () => {
  const member = newMember(world);
  const typed = await member.types('/veo', { prompt: 'a boat', duration: 4 }, { in: member.dm });
  const message = await newVideo(typed);
  const clip = lastPaid();
  member.dm.says('let it sink', [], message);
  const offer = await member.dm.nextMessage(({ content }) => content.includes('let it sink'));
  assert.match(
    offer.content,
    /\nChanged video · Omni 1\.2 · 4 s · .*\nThis changes that very video for \$0\.32;/,
  );
  assert.equal(google.paid.length, google.operations.length);
  assert.equal(paidFor(world, 'let it sink'), 0);
  await member.presses(offer, 'Make it $0.32');
  await offer.becomes(hasVideo);
  assert.equal(lastPaid().request.previous_interaction_id, clip.id);
  assert.equal(paidFor(world, 'let it sink'), 1);
  clean();
});

test('a private video is seen by its member alone, and so is what is made of it', async () => {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  const typed = await member.types('/veo', { prompt: 'hush', private: true }, { in: channel });
  const message = await newVideo(typed);
  assert.ok(message.ephemeral);
  await assert.rejects(newMember(world, 'Eve').presses(message, 'Run again'), /cannot see/);
  const longer = await newVideo(await member.presses(message, 'Extend'));
  assert.ok(longer.ephemeral);
  assert.equal(channel.messages.length, 0);
  clean();
});

test('an admin of the bot may delete the video of another member', async () => {
  const { member, message } = await made('not here', { duration: 3 });
  const confirm = await (await admin.presses(message, 'Delete')).nextFollowUp();
  await admin.presses(confirm, 'Delete it');
  await message.becomes((one) => !hasVideo(one));
  assert.match(message.content, /deleted by an admin of the bot · \$0\.\d\d charged$/);
  const list = await (await member.types('/videos', {}, { in: message.channel })).reply();
  const again = await newVideo(await member.presses(list, 'Show 1'));
  assert.ok(again.ephemeral, 'brought back for its member’s eyes alone');
  clean();
});

test('a private video whose token has died comes as a direct message, once', async () => {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  google.videosTake(600);
  const typed = await member.types('/veo', { prompt: 'late hush', private: true }, { in: channel });
  const message = await typed.reply();
  await message.becomes(({ thinking }) => !thinking);
  typed.expire();
  const sent = await member.dm.nextMessage(hasVideo);
  google.videosTake(100);
  assert.ok(labels(sent).some((label) => label.startsWith('Extend')));
  assert.deepEqual(videosFor({ member, channel }), [sent]);
  assert.equal(paidFor(world, 'late hush'), 1);
  clean();
});

describe('after the bot was killed', () => {
  test('Change and Delete work on messages of before, also where only a token reaches', async () => {
    const member = newMember(world);
    const room = roomElsewhere(member);
    const there = { in: room, userInstall: true };
    const asked = await member.types('/veo', { prompt: 'an otter', duration: 3 }, there);
    const otter = await newVideo(asked);
    const { message } = await made('before the night', { duration: 3 }, { member });
    const confirm = await (await member.presses(message, 'Delete')).nextFollowUp();
    await bot.kill();
    bot = await world.startBot();
    const opened = await changeForm(member, otter);
    const two = await newVideo(await member.submits(opened, { prompt: 'two otters' }));
    assert.ok(lastPaid().request.previous_interaction_id);
    await member.presses(confirm, 'Delete it');
    await message.becomes((one) => !hasVideo(one));
    const again = await (await member.presses(two, 'Delete')).nextFollowUp();
    await member.presses(again, 'Delete it');
    await two.becomes((one) => !hasVideo(one));
    assert.ok(hasVideo(otter));
    clean();
  });
});

describe('after a start with other settings', () => {
  test('nothing is made of a clip that is too old, and nothing dearer without a second press', async () => {
    const old = await made('yesterday');
    const dearer = await made('dearer', { model: OLDER, duration: 4 });
    await bot.kill();
    const file = String(world.env.VIDEO_MODELS_FILE);
    const { models } = JSON.parse(await readFile(file, 'utf8')) as { models: { id: string }[] };
    const perSecondMicroUsd = { '360p': 30_000, '720p': 200_000, '1080p': 300_000, '4k': 600_000 };
    const prices = { perSecondMicroUsd, perMillionTokens: null };
    await writeFile(
      file,
      JSON.stringify({ models: models.map((m) => (m.id === OLDER ? { ...m, prices } : m)) }),
    );
    bot = await world.startBot({ CHANGE_WITHIN_DAYS: '0' });
    const paid = google.paid.length;

    const refused = await (await old.member.presses(old.message, 'Upscale')).reply();
    assert.match(refused.content, /cannot be upscaled any more\. Nothing charged\./);
    assert.deepEqual(labels(refused), ['Change']);
    const opened = await changeForm(old.member, old.message);
    assert.equal((await opened.form()).title, 'New video');

    const asked = await (await dearer.member.presses(dearer.message, 'Run again $0.40')).reply();
    assert.ok(asked.ephemeral);
    assert.match(asked.content, /^This costs \$0\.80 by now, not \$0\.40\. Nothing charged yet/);
    assert.equal(google.paid.length, paid);
    await newVideo(await dearer.member.presses(asked, 'Make it $0.80'));
    assert.equal(google.paid.length, paid + 1);
    clean();
  });

  test('a retired model changes nothing any more, and Change leads to its successor', async () => {
    const options = { model: OLDER, duration: 4 };
    const { member, message } = await made('an old mill', options);
    google.retire(OLDER);
    const lost = await somebodyAsks(world, 'another mill', { options });
    await lost.message.becomes(({ content }) => /has been retired/.test(content));
    assert.deepEqual(labels(lost.message), ['Run with Omni 1.2 $0.28', 'Change']);
    const refused = await (await member.presses(message, 'Extend')).reply();
    assert.ok(refused.ephemeral);
    assert.match(refused.content, /^Omni 1\.1 cannot extend this video: .* Nothing charged\./);
    const opened = await changeForm(member, message);
    assert.equal((await opened.form()).title, 'New video');
    await newVideo(await member.submits(opened, {}));
    assert.equal(lastPaid().model, 'gemini-omni-1.2-flash');
    assert.equal(paidFor(world, 'an old mill'), 2);
    clean();
  });
});
