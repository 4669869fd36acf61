import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file } from './discord.ts';
import { place, refused, startRaw } from './raw.ts';

test('a set of commands replaces the one before and keeps the ids of what stays', async (t) => {
  const { discord, rest } = await startRaw(t);
  const path = `/applications/${discord.applicationId}/commands` as const;
  const before = (await rest.get(path)) as { id: string; name: string }[];
  assert.deepEqual(
    before.map(({ name }) => name),
    ['veo', 'Animate'],
  );
  const veo = {
    name: 'veo',
    description: 'Other words',
    description_localizations: { de: 'Video' },
  };
  await rest.put(path, { body: [veo] });
  const after = (await rest.get(path)) as { id: string; description_localizations?: object }[];
  assert.equal(after.length, 1);
  assert.equal(after[0]?.id, before[0]?.id);
  assert.equal(after[0]?.description_localizations, undefined);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const full = (await rest.get(path, { query })) as { description_localizations?: object }[];
  assert.deepEqual(full[0]?.description_localizations, { de: 'Video' });
  assert.deepEqual(discord.violations, []);
});

test('commands of one server stand beside those of the application until removed', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { server, channel, ann } = place(discord);
  const path = `/applications/${discord.applicationId}/guilds/${server.id}/commands` as const;
  const body = { name: 'left-over', description: 'From an earlier build' };
  const { id } = (await rest.post(path, { body })) as { id: string };
  await ann.types('/left-over', {}, { in: channel });
  await assert.rejects(ann.types('/left-over', {}, { in: ann.dm }), /no command/);
  await rest.delete(`${path}/${id}`);
  assert.deepEqual(await rest.get(path), []);
  assert.deepEqual(discord.violations, []);
});

test('commands with a mistake are refused', async (t) => {
  const { discord, rest } = await startRaw(t, { validate: false });
  const path = `/applications/${discord.applicationId}/commands` as const;
  const option = (more: object) => ({ type: 3, name: 'prompt', description: 'x', ...more });
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `${n}`, value: `${n}` }));
  const mistakes: object[] = [
    { name: 'Veo' },
    { name: 'v'.repeat(33) },
    { description: '' },
    { description: 'x'.repeat(101) },
    { name_localizations: { de: 'Video Machen' } },
    { name_localizations: { xx: 'video' } },
    { description_localizations: { ja: 'x'.repeat(101) } },
    { options: [option({ name_localizations: { fr: 'Prompt' } })] },
    { options: [option({}), option({})] },
    { options: [option({}), option({ name: 'b', required: true })] },
    { options: [option({ choices: choices(26) })] },
    { options: [option({ choices: choices(2), autocomplete: true })] },
    { options: [option({ choices: [{ name: 'x', value: 'x'.repeat(101) }] })] },
    { options: [option({ choices: [{ name: 'x', value: 4 }] })] },
    { options: [option({}), { type: 1, name: 'sub', description: 'x' }] },
    { options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) },
    { contexts: [0, 2], integration_types: [0] },
    { contexts: [3] },
    {
      options: Array.from({ length: 25 }, (_, n) =>
        option({
          name: `o${n}`,
          choices: Array.from({ length: 25 }, (_, c) => ({
            name: `${c}${'n'.repeat(9)}`,
            value: `${c}vvv`,
          })),
        }),
      ),
    },
  ];
  for (const mistake of mistakes) {
    const body = [{ name: 'veo', description: 'Makes a video', ...mistake }];
    await refused(rest.put(path, { body }), 400, 50035);
  }
  const twice = [1, 2].map(() => ({ name: 'veo', description: 'Makes a video' }));
  await refused(rest.put(path, { body: twice }), 400, 50035);
  const many = Array.from({ length: 16 }, (_, n) => ({ name: `Menu ${n}`, type: 3 }));
  await refused(rest.put(path, { body: many }), 400, 30032);
  assert.equal(discord.commands().length, 2);
});

test('an option completes with what the bot offers', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const offered = ann.completes('/veo', { prompt: 'a c' }, 'prompt', { in: channel });
  const asked = discord.interactions().at(-1);
  assert.ok(asked);
  const choices = [{ name: 'a cat', value: 'a cat' }];
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  await refused(rest.post(callback, { auth: false, body: { type: 5 } }), 400, 50035);
  await rest.post(callback, { auth: false, body: { type: 8, data: { choices } } });
  assert.deepEqual(await offered, choices);
  assert.deepEqual(discord.violations, []);
});

test('a form opens, checks what is filled in, and brings a fresh interaction', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const label = (text: string, component: object) => ({ type: 18, label: text, component });
  const prompt = { type: 4, custom_id: 'prompt', style: 2, max_length: 20, value: 'a cat' };
  const pictures = { type: 19, custom_id: 'pictures', required: false, min_values: 0 };
  const model = {
    type: 3,
    custom_id: 'model',
    options: ['omni', 'veo'].map((value) => ({ label: value, value, default: value === 'omni' })),
  };
  const data = {
    custom_id: 'new-video',
    title: 'New video',
    components: [label('Prompt', prompt), label('Pictures', pictures), label('Model', model)],
  };
  const asked = await ann.types('/veo', {}, { in: channel });
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  await rest.post(callback, { auth: false, body: { type: 9, data } });
  assert.equal((await asked.form()).title, 'New video');
  await assert.rejects(asked.reply(), /a form/);
  await assert.rejects(ann.submits(asked, { prompt: 'x'.repeat(21) }), /too long/);
  await assert.rejects(ann.submits(asked, { prompt: '' }), /required/);
  await assert.rejects(ann.submits(asked, { model: ['sora'] }), /no value "sora"/);
  await assert.rejects(ann.submits(asked, { size: 'big' }), /no field "size"/);
  const sent = await ann.submits(asked, { pictures: [file(Buffer.from('x'), 'a.png')] });
  const answer = `/interactions/${sent.id}/${sent.token}/callback` as const;
  await refused(rest.post(answer, { auth: false, body: { type: 9, data } }), 400, 50035);
  await rest.post(answer, { auth: false, body: { type: 4, data: { content: 'on it' } } });
  assert.equal((await sent.reply()).content, 'on it');
  assert.deepEqual(discord.violations, []);
});

test('a message command carries the message it was chosen on', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const said = ann.says('look', { in: channel, files: [file(Buffer.from('x'), 'a.png')] });
  const asked = await ann.chooses('Animate', said);
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  await rest.post(callback, { auth: false, body: { type: 4, data: { content: 'on it' } } });
  assert.equal((await asked.reply()).content, 'on it');
  assert.deepEqual(discord.violations, []);
});
