import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wishOf } from '../../src/discord/commands/wish.ts';
import { readInteraction } from '../../src/discord/incoming/interaction.ts';

const raw = {
  id: '1',
  application_id: '2',
  type: 2,
  token: 'secret',
  version: 1,
  guild_id: '10',
  channel_id: '11',
  member: { user: { id: '20' }, permissions: '2248473465835073' },
  locale: 'de',
  context: 0,
  authorizing_integration_owners: { 0: '10' },
  attachment_size_limit: 20_971_520,
  entitlements: [],
  data: {
    type: 1,
    id: '3',
    name: 'veo',
    options: [
      { name: 'prompt', type: 3, value: 'a cat' },
      { name: 'duration', type: 4, value: 8 },
    ],
  },
};
const press = {
  ...raw,
  type: 3,
  data: { component_type: 2, custom_id: 'cancel:abcdefgh' },
  message: { id: '99', flags: 64 },
};

function read(over: Record<string, unknown> = {}) {
  const interaction = readInteraction({ ...raw, ...over });
  assert.ok(interaction);
  return interaction;
}

describe('an interaction', () => {
  it('of a command holds who typed, what and where', () => {
    const interaction = read();
    assert.equal(interaction.kind, 'command');
    assert.deepEqual(interaction.requester, { userId: '20', locale: 'de' });
    assert.deepEqual(interaction.reply, {
      interactionId: '1',
      applicationId: '2',
      token: 'secret',
      tokenDead: false,
      place: 'server',
      guildId: '10',
      channelId: '11',
      messageId: null,
      ephemeral: false,
      announcedLimitBytes: 20_971_520,
    });
    assert.ok(interaction.kind === 'command');
    assert.deepEqual(
      [...interaction.options],
      [
        ['prompt', 'a cat'],
        ['duration', 8],
      ],
    );
  });

  it('names a subcommand and its options', () => {
    const options = [{ name: 'status', type: 1, options: [{ name: 'job', type: 3, value: 'x' }] }];
    const interaction = read({ data: { type: 1, name: 'veo-admin', options } });
    assert.ok(interaction.kind === 'command');
    assert.equal(interaction.subcommand, 'status');
    assert.deepEqual([...interaction.options], [['job', 'x']]);
  });

  it('names a subcommand with its group', () => {
    const inner = { name: 'set', type: 1, options: [{ name: 'to', type: 3, value: 'x' }] };
    const options = [{ name: 'limits', type: 2, options: [inner] }];
    const interaction = read({ data: { type: 1, name: 'veo-admin', options } });
    assert.ok(interaction.kind === 'command');
    assert.equal(interaction.subcommand, 'limits set');
    assert.deepEqual([...interaction.options], [['to', 'x']]);
  });

  it('that is still being typed says what is typed, and where', () => {
    const inner = {
      name: 'set',
      type: 1,
      options: [{ name: 'days', type: 4, value: '1', focused: true }],
    };
    const options = [{ name: 'limits', type: 2, options: [inner] }];
    const interaction = read({ type: 4, data: { type: 1, name: 'veo-admin', options } });
    assert.ok(interaction.kind === 'autocomplete');
    assert.equal(interaction.subcommand, 'limits set');
    assert.deepEqual(interaction.focused, { name: 'days', typed: '1' });
    const nothing = { type: 4, data: { type: 1, name: 'veo-admin', options: [] } };
    assert.equal(readInteraction({ ...raw, ...nothing }), null);
  });

  it('says which roles the member has, whether they manage the server, and for whom the place is', () => {
    const { member, ageRestricted } = read();
    assert.deepEqual(member, { roleIds: [], managesServer: false });
    assert.equal(ageRestricted, false);
    const plain = { user: { id: '20' }, permissions: '2048', roles: ['30', '31'] };
    const here = read({ member: plain, channel: { id: '11', nsfw: true } });
    assert.deepEqual(here.member, { roleIds: ['30', '31'], managesServer: false });
    assert.equal(here.ageRestricted, true);
    const manager = read({ member: { ...plain, permissions: String(1 << 5) } });
    assert.equal(manager.member.managesServer, true);
    // Outside of a server nothing is said of a member, and nothing is theirs to manage.
    const dm = read({ guild_id: undefined, member: undefined, user: { id: '20' }, context: 1 });
    assert.deepEqual(dm.member, { roleIds: [], managesServer: false });
  });

  it('is in a server only where the bot itself is a member', () => {
    assert.equal(read().reply.place, 'server');
    const both = { 0: '10', 1: '20' };
    assert.equal(read({ authorizing_integration_owners: both }).reply.place, 'server');
    assert.equal(read({ authorizing_integration_owners: { 1: '20' } }).reply.place, 'elsewhere');
  });

  it('is in a DM with the bot, or in one without it', () => {
    const noServer = { guild_id: undefined, member: undefined, user: { id: '20' } };
    const withBot = { ...noServer, context: 1, authorizing_integration_owners: { 1: '20' } };
    assert.equal(read(withBot).reply.place, 'dm');
    const owned = { ...noServer, context: null, authorizing_integration_owners: { 0: '0' } };
    assert.equal(read(owned).reply.place, 'dm');
    const group = { ...noServer, context: 2, authorizing_integration_owners: { 1: '20' } };
    assert.equal(read(group).reply.place, 'elsewhere');
    assert.equal(read(group).requester.userId, '20');
  });

  it('is expected to be private where external apps are not allowed', () => {
    const elsewhere = { authorizing_integration_owners: { 1: '20' } };
    const without = { ...elsewhere, member: { user: { id: '20' }, permissions: '2048' } };
    assert.equal(read(without).reply.ephemeral, true);
    assert.equal(read(elsewhere).reply.ephemeral, false);
    assert.equal(
      read({ member: { user: { id: '20' }, permissions: '2048' } }).reply.ephemeral,
      false,
    );
  });

  it('of a press names the message it is on, with the fresh token', () => {
    const interaction = readInteraction(press);
    assert.ok(interaction?.kind === 'press');
    assert.equal(interaction.customId, 'cancel:abcdefgh');
    assert.deepEqual(
      [interaction.message.messageId, interaction.message.token, interaction.message.ephemeral],
      ['99', 'secret', true],
    );
    assert.equal(interaction.reply.messageId, null);
  });

  it('of a form that was sent has what was written, chosen and attached', () => {
    const field = (type: number, custom_id: string, more: object) => ({
      ...{ type: 18, id: 1 },
      component: { type, id: 2, custom_id, ...more },
    });
    const components = [
      field(4, 'prompt', { value: 'a fox' }),
      field(3, 'model', { values: ['m'] }),
      field(19, 'pictures', { values: ['7'] }),
      { type: 10, id: 9 },
    ];
    const photo = { id: '7', url: 'https://cdn.example/7.png', size: 5 };
    const data = { custom_id: 'form:new::abcdefgh', components };
    const sent = read({ type: 5, data: { ...data, resolved: { attachments: { 7: photo } } } });
    assert.ok(sent.kind === 'submit');
    assert.equal(sent.customId, 'form:new::abcdefgh');
    const fields = [...sent.fields];
    assert.deepEqual(fields, [
      ['prompt', 'a fox'],
      ['model', ['m']],
    ]);
    assert.equal(sent.attachments.get('pictures')?.[0]?.url, photo.url);
    assert.equal(sent.reply.messageId, null);
    // A file that is named and not described.
    assert.equal(read({ type: 5, data }).kind, 'strange');
    assert.equal(read({ type: 5, data: { ...data, components: 7 } }).kind, 'strange');
  });

  it('that is not as documented can still be answered, if it has an id and a token', () => {
    for (const data of [undefined, null, 7, {}, { type: 2, name: 'veo' }, { name: 4 }]) {
      assert.equal(read({ data }).kind, 'strange');
    }
    assert.equal(read({ type: 5 }).kind, 'strange');
    assert.equal(readInteraction({ ...press, message: undefined })?.kind, 'strange');
    assert.equal(readInteraction({ ...press, data: { component_type: 3 } })?.kind, 'strange');
  });

  it('that cannot be answered at all is nothing', () => {
    for (const nothing of [undefined, null, 'x', 7, [], {}, { ...raw, token: '' }]) {
      assert.equal(readInteraction(nothing), null);
    }
    assert.equal(readInteraction({ ...raw, id: '../1' }), null);
    assert.equal(readInteraction({ ...raw, member: undefined }), null);
    assert.equal(readInteraction({ ...raw, type: 1 }), null);
    assert.equal(readInteraction({ ...raw, type: 4 }), null);
  });
});

describe('a wish', () => {
  it('is made of the options that were given', () => {
    const all = { prompt: 'a cat', model: 'm', duration: 8, aspect: '9:16', resolution: '1080p' };
    assert.deepEqual(wishOf(new Map(Object.entries(all))), {
      prompt: 'a cat',
      modelId: 'm',
      seconds: 8,
      aspectRatio: '9:16',
      resolution: '1080p',
    });
    assert.deepEqual(wishOf(new Map([['prompt', 'a cat']])), { prompt: 'a cat' });
  });

  it('is not made where an option is missing, unknown or of the wrong form', () => {
    const wrong: Record<string, string | number | boolean>[] = [
      { prompt: 7 },
      { prompt: 'a cat', draft: 'yes' },
      { prompt: 'a cat', private: 1 },
      { prompt: 'a cat', colour: 'red' },
      { prompt: 'a cat', model: true },
      { prompt: 'a cat', duration: '8' },
      { prompt: 'a cat', duration: 8.5 },
      { prompt: 'a cat', aspect: 9 },
    ];
    for (const options of wrong) {
      assert.equal(wishOf(new Map(Object.entries(options))), null, JSON.stringify(options));
    }
  });
});
