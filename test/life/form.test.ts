/** `/veo` without a prompt opens a form; what comes back from it, and what is refused. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { phonePhoto } from '../disk/pictures/files.ts';
import { type Channel, file, type Interaction, type Member } from '../sandbox/discord/discord.ts';
import { hasVideo, newMember, paidFor } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: 100 },
  env: {
    VIDEO_MODELS: 'gemini-omni-1.2-flash,gemini-omni-1.1-flash,veo-3.1-generate-preview',
    LIMIT_MEMBER_DAY_USD: '4',
  },
});
const { discord, google } = world;
after(() => world.close());
let bot = await world.startBot();

const VEO = 'veo-3.1-generate-preview';

type Where = { in: Channel; userInstall?: boolean };

/** The three kinds of place. */
function places(member: Member): readonly Where[] {
  const elsewhere = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  elsewhere.join(member);
  return [
    { in: world.server.createChannel({ name: 'videos' }) },
    { in: member.dm },
    { in: elsewhere.createChannel({ name: 'room' }), userInstall: true },
  ];
}

async function opens(member: Member, where: Where, options = {}): Promise<Interaction> {
  const opened = await member.types('/veo', options, where);
  await opened.form();
  return opened;
}

interface Field {
  readonly custom_id?: string;
  readonly value?: string;
  readonly options?: readonly { label: string; value: string; default?: boolean }[];
}

/** What stands in the form: the text, or the option that is chosen. */
async function prefilled(opened: Interaction): Promise<Record<string, string | undefined>> {
  const { components } = await opened.form();
  const fields = components.map((label) => (label as { component?: Field }).component ?? {});
  return Object.fromEntries(
    fields.map(({ custom_id = '', value, options }) => [
      custom_id,
      options?.find((option) => option.default)?.value ?? value,
    ]),
  );
}

test('the form is the first answer everywhere, shows prices, and makes one video', async () => {
  const member = newMember(world);
  for (const [index, where] of places(member).entries()) {
    const opened = await opens(member, where);
    assert.equal((await opened.acknowledged).type, 9);
    const form = await opened.form();
    assert.equal(form.title, 'New video');
    assert.match(JSON.stringify(form.components), /"Omni 1\.2 · \$0\.07 a second"/);
    assert.match(JSON.stringify(form.components), /"3 s, tall"/);
    const prompt = `a hare, ${index}`;
    const sent = await member.submits(opened, { prompt, length: ['4 9:16'], quality: ['360p'] });
    const message = await sent.reply();
    await message.becomes(hasVideo);
    assert.match(message.content, /Omni 1\.2 · 4 s · 9:16 · 360p · \$0\.\d\d charged/);
    assert.equal(paidFor(world, prompt), 1);
  }
  assert.deepEqual(discord.violations, []);
});

test('what was typed as options stands in the form, and private stays private', async () => {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  const options = { model: VEO, duration: 6, aspect: '9:16', private: true };
  const opened = await opens(member, { in: channel }, options);
  assert.deepEqual(await prefilled(opened), {
    ...{ prompt: undefined, model: VEO, length: '6 9:16', quality: '720p' },
    ...(Object.hasOwn(await prefilled(opened), 'pictures') && { pictures: undefined }),
  });
  const sent = await member.submits(opened, { prompt: 'quietly', quality: ['720p'] });
  const message = await sent.reply();
  assert.ok(message.ephemeral);
  await message.becomes(hasVideo);
  assert.equal(channel.messages.length, 0);
  assert.equal(paidFor(world, 'quietly'), 1);
  assert.deepEqual(discord.violations, []);
});

test('pictures of the form go the way of those of the options', async () => {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  const opened = await opens(member, { in: channel });
  const pictures = [file(await phonePhoto(), 'photo.png', 'image/png')];
  const values = { pictures, prompt: 'she waves back', quality: ['360p'], length: ['3 16:9'] };
  const message = await (await member.submits(opened, values)).reply();
  await message.becomes(hasVideo);
  assert.match(message.content, /3 s · 9:16 · 360p · from 1 picture/);
  const [paid] = google.paid.filter(({ prompt }) => prompt.includes('she waves back'));
  assert.match(String(paid?.prompt), /<FIRST_FRAME>/);
  assert.deepEqual(discord.violations, []);
});

describe('a form that is refused', () => {
  test('says why privately, and Change opens it as it was filled in, also after a restart', async () => {
    const member = newMember(world);
    const channel = world.server.createChannel({ name: 'videos' });
    const opened = await opens(member, { in: channel });
    const filled = { model: [VEO], length: ['5 9:16'], quality: ['1080p'] };
    const sent = await member.submits(opened, { prompt: 'odd length', ...filled });
    const refused = await sent.reply();
    assert.ok(refused.ephemeral);
    assert.match(
      refused.content,
      /^"5 s" does not go with Veo 3\.1: it makes 4, 6 or 8 s\. Nothing charged\.$/,
    );
    await bot.kill();
    bot = await world.startBot();
    const again = await member.presses(refused, 'Change');
    const found = await prefilled(again);
    assert.equal(found.prompt, 'odd length');
    assert.deepEqual([found.model, found.length, found.quality], [VEO, '5 9:16', '1080p']);
    const message = await (
      await member.submits(again, { model: ['gemini-omni-1.2-flash'], quality: ['360p'] })
    ).reply();
    assert.ok(!message.ephemeral);
    await message.becomes(hasVideo);
    assert.equal(paidFor(world, 'odd length'), 1);
    assert.deepEqual(discord.violations, []);
  });

  test('is made with the length that fits by one button, once, and by nobody else', async () => {
    const member = newMember(world);
    const channel = world.server.createChannel({ name: 'videos' });
    const options = { prompt: 'sharp', model: VEO, duration: 4, resolution: '1080p' };
    const typed = await member.types('/veo', options, { in: channel });
    const refused = await typed.reply();
    assert.match(refused.content, /^1080p needs 8 s on Veo 3\.1\. Nothing charged\.$/);
    assert.deepEqual(
      refused.buttons.map(({ label }) => label),
      ['Make it 8 s $3.20', 'Change'],
    );
    await assert.rejects(newMember(world, 'Eve').presses(refused, 'Make it'), /cannot see/);
    const presses = await Promise.all([
      member.presses(refused, 'Make it 8 s'),
      member.presses(refused, 'Make it 8 s'),
    ]);
    const types = await Promise.all(presses.map(async (press) => (await press.acknowledged).type));
    // The second one is told that it was started before.
    assert.deepEqual(types.toSorted(), [4, 5]);
    const made = presses[types.indexOf(5)];
    const message = await made?.reply();
    await message?.becomes(hasVideo);
    assert.ok(!message?.ephemeral);
    assert.equal(paidFor(world, 'sharp'), 1);
    assert.deepEqual(discord.violations, []);
  });

  test('above the member’s own limit can be changed to something cheaper', async () => {
    const member = newMember(world);
    const channel = world.server.createChannel({ name: 'videos' });
    const options = { prompt: 'dear', model: VEO, resolution: '4k' };
    const refused = await (await member.types('/veo', options, { in: channel })).reply();
    assert.match(refused.content, /^This costs \$4\.80, more than your limit of \$4\.00 a day/);
    const opened = await member.presses(refused, 'Change');
    await opened.form();
    const values = { model: ['gemini-omni-1.2-flash'], length: ['3 16:9'], quality: ['360p'] };
    const message = await (await member.submits(opened, values)).reply();
    await message.becomes(hasVideo);
    assert.equal(paidFor(world, 'dear'), 1);
    assert.deepEqual(discord.violations, []);
  });
});

test('a form whose prices have changed meanwhile starts nothing before a second press', async () => {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  const opened = await opens(member, { in: channel });
  await bot.kill();
  bot = await world.startBot({ VIDEO_MODELS: 'gemini-omni-1.1-flash' });
  const chosen = { model: ['gemini-omni-1.1-flash'], length: ['4 16:9'] };
  const sent = await member.submits(opened, { prompt: 'by now', ...chosen });
  const offer = await sent.reply();
  assert.ok(offer.ephemeral);
  assert.match(offer.content, /^The prices have changed .*\n> by now\n/);
  assert.equal(paidFor(world, 'by now'), 0);
  const message = await (await member.presses(offer, 'Make it $0.40')).reply();
  await message.becomes(hasVideo);
  assert.equal(paidFor(world, 'by now'), 1);
  assert.deepEqual(discord.violations, []);
  assert.equal(
    google.paid.filter(({ prompt }) => prompt === 'by now')[0]?.model,
    'gemini-omni-1.1-flash',
  );
});
