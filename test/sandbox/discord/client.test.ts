import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ActionRowBuilder,
  type Interaction as BotInteraction,
  type Message as BotMessage,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  ContextMenuCommandBuilder,
  Events,
  FileUploadBuilder,
  type GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { type Discord, type DiscordPlan, file, startDiscord } from './discord.ts';
import { Watch } from './watch.ts';

const DIRECT_MESSAGES = 4096 as GatewayIntentBits;

const veo = new SlashCommandBuilder()
  .setName('veo')
  .setDescription('Makes a video')
  .setIntegrationTypes(0, 1)
  .setContexts(0, 1, 2)
  .addStringOption((o) => o.setName('prompt').setDescription('What to show').setRequired(true))
  .addStringOption((o) =>
    o
      .setName('model')
      .setDescription('Which model')
      .addChoices({ name: 'Omni', value: 'omni' }, { name: 'Veo', value: 'veo' }),
  )
  .addAttachmentOption((o) => o.setName('picture').setDescription('First frame'));
const admin = new SlashCommandBuilder()
  .setName('veo-admin')
  .setDescription('Steers the bot')
  .setDefaultMemberPermissions(8)
  .setContexts(0)
  .addSubcommand((s) => s.setName('status').setDescription('What runs'));

/** A bot made of the real client; closed at the end of the test, as is the stand-in. */
async function startBot(
  t: { after(end: () => Promise<void>): void },
  onInteraction: (interaction: BotInteraction) => Promise<void>,
  plan: DiscordPlan = {},
  options: Partial<ClientOptions> = {},
) {
  const discord = await startDiscord(plan);
  const client = new Client({
    intents: [],
    partials: [Partials.Channel],
    ...options,
    rest: { api: discord.apiUrl },
  });
  const errors: unknown[] = [];
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.InteractionCreate, onInteraction);
  t.after(async () => {
    await client.destroy();
    await discord.stop();
  });
  await client.login(discord.botToken);
  await discord.connected();
  if (!client.isReady()) await new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.application?.commands.set([veo, admin]);
  return { discord, client, errors };
}

function place(discord: Discord) {
  const server = discord.createServer({ name: 'Film club', botIsMember: true });
  const channel = server.createChannel({ name: 'videos' });
  const ann = discord.createMember({ name: 'Ann', in: server });
  const ben = discord.createMember({ name: 'Ben', in: server });
  return { server, channel, ann, ben };
}

const button = (label: string, id: string) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setLabel(label).setCustomId(id).setStyle(ButtonStyle.Secondary),
  );
const isCommand = (i: BotInteraction): i is ChatInputCommandInteraction => i.isChatInputCommand();

test('the real client defers, edits with a file, follows up and answers a button', async (t) => {
  const video = Buffer.from('not really a video');
  const { discord, errors } = await startBot(t, async (interaction) => {
    if (isCommand(interaction)) {
      const deferred = await interaction.deferReply({ withResponse: true });
      assert.ok(deferred.interaction.responseMessageId);
      await interaction.editReply({ content: 'making it', components: [button('Cancel', 'c:1')] });
      await interaction.editReply({
        content: 'done',
        files: [{ attachment: video, name: 'cat.mp4', description: 'a cat' }],
      });
      await interaction.followUp({ content: `there you are <@${interaction.user.id}>` });
    } else if (interaction.isButton()) {
      await interaction.reply({ content: 'cancelled', flags: MessageFlags.Ephemeral });
    }
  });
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', { prompt: 'a cat', model: 'omni' }, { in: channel });
  const acknowledgement = await asked.acknowledged;
  assert.equal(acknowledgement.type, 5);
  const message = await channel.nextMessage();
  assert.equal(message, await asked.reply());
  await message.becomes((m) => m.attachments.length === 1);
  assert.equal(message.content, 'done');
  assert.equal(message.thinking, false);
  assert.equal(message.attachments[0]?.description, 'a cat');
  assert.deepEqual(Buffer.from(message.attachments[0]?.bytes ?? []), video);
  assert.deepEqual(
    message.buttons.map((b) => b.label),
    ['Cancel'],
  );
  assert.equal(message.edits.length, 2);
  const second = await channel.nextMessage();
  assert.deepEqual(second.pings, [ann.id]);
  const pressed = await ann.presses(message, 'Cancel');
  const answer = await pressed.reply();
  assert.equal(answer.content, 'cancelled');
  assert.equal(answer.ephemeral, true);
  assert.equal(channel.messages.length, 2);
  assert.deepEqual(errors, []);
  assert.deepEqual(discord.violations, []);
});

test('a file a member attaches arrives with the command and can be fetched', async (t) => {
  const { discord } = await startBot(t, async (interaction) => {
    if (!isCommand(interaction)) return;
    const picture = interaction.options.getAttachment('picture', true);
    const bytes = await (await fetch(picture.url)).text();
    await interaction.reply(`${picture.name} ${picture.size} ${picture.contentType} ${bytes}`);
  });
  const { channel, ann } = place(discord);
  const picture = file(Buffer.from('pixels'), 'cat.png', 'image/png');
  const asked = await ann.types('/veo', { prompt: 'a cat', picture }, { in: channel });
  assert.equal((await asked.reply()).content, 'cat.png 6 image/png pixels');
  assert.deepEqual(discord.violations, []);
});

test('the client of a member refuses what Discord clients refuse', async (t) => {
  const { discord } = await startBot(t, async () => {});
  const { server, channel, ann } = place(discord);
  const here = { in: channel };
  await assert.rejects(ann.types('/vio', { prompt: 'x' }, here), /no command "vio"/);
  await assert.rejects(ann.types('/veo', {}, here), /needs the option "prompt"/);
  await assert.rejects(ann.types('/veo', { prompt: 'x', size: 3 }, here), /no option "size"/);
  await assert.rejects(
    ann.types('/veo', { prompt: 'x', model: 'sora' }, here),
    /one of: omni, veo/,
  );
  const eve = discord.createMember({ name: 'Eve', admin: true, in: server });
  await assert.rejects(eve.types('/veo-admin', {}, here), /needs one of: status/);
  await assert.rejects(ann.types('/veo-admin status', {}, here), /hidden from Ann/);
  await assert.rejects(ann.types('/veo-admin status', {}, { in: ann.dm }), /context 1/);
});

test('the real client opens a form, reads it, and is chosen on a message', async (t) => {
  const { discord, client, errors } = await startBot(t, async (interaction) => {
    if (isCommand(interaction)) {
      const prompt = new TextInputBuilder()
        .setCustomId('prompt')
        .setStyle(TextInputStyle.Paragraph);
      const pictures = new FileUploadBuilder().setCustomId('pictures').setMinValues(0);
      const length = new StringSelectMenuBuilder()
        .setCustomId('length')
        .addOptions({ label: '4 s', value: '4' }, { label: '8 s', value: '8', default: true });
      const form = new ModalBuilder()
        .setCustomId('new')
        .setTitle('New video')
        .addLabelComponents(
          new LabelBuilder().setLabel('Prompt').setTextInputComponent(prompt),
          new LabelBuilder()
            .setLabel('Pictures')
            .setFileUploadComponent(pictures.setRequired(false)),
          new LabelBuilder().setLabel('Length').setStringSelectMenuComponent(length),
        )
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('$0.07 a second'));
      await interaction.showModal(form);
    } else if (interaction.isModalSubmit()) {
      const { fields } = interaction;
      const pictures = fields.getUploadedFiles('pictures');
      const names = pictures ? [...pictures.values()].map(({ name }) => name) : [];
      const lengths = fields.getStringSelectValues('length');
      await interaction.reply(`${fields.getTextInputValue('prompt')} ${names} ${lengths}`);
    } else if (interaction.isMessageContextMenuCommand()) {
      await interaction.reply(`${interaction.targetMessage.attachments.first()?.name}`);
    }
  });
  const animate = new ContextMenuCommandBuilder().setName('Animate').setType(3);
  await client.application?.commands.set([veo, animate]);
  const { channel, ann } = place(discord);
  const opened = await ann.types('/veo', { prompt: 'x' }, { in: channel });
  await opened.form();
  const picture = file(Buffer.from('pixels'), 'cat.png');
  const sent = await ann.submits(opened, { prompt: 'a cat', pictures: [picture] });
  assert.equal((await sent.reply()).content, 'a cat cat.png 8');
  const chosen = await ann.chooses('Animate', ann.says('look', { in: channel, files: [picture] }));
  assert.equal((await chosen.reply()).content, 'cat.png');
  assert.deepEqual(errors, []);
  assert.deepEqual(discord.violations, []);
});

test('text in a direct message reaches the bot only with its intent, and it can answer', async (t) => {
  const { discord, client } = await startBot(t, async () => {}, {}, { intents: [DIRECT_MESSAGES] });
  client.on(Events.MessageCreate, async (message: BotMessage) => {
    if (message.author.bot) return;
    if (message.channel.isSendable()) await message.channel.send(`heard: ${message.content}`);
  });
  const ann = discord.createMember({ name: 'Ann' });
  ann.dm.says('a fox in the snow');
  assert.equal((await ann.dm.nextMessage()).content, 'heard: a fox in the snow');
  assert.deepEqual(discord.violations, []);
});

test('a dropped connection is resumed and what happened meanwhile is replayed', async (t) => {
  const { discord } = await startBot(t, async (interaction) => {
    if (isCommand(interaction)) await interaction.reply('still here');
  });
  const { channel, ann } = place(discord);
  discord.gateway.drop();
  const asked = await ann.types('/veo', { prompt: 'a cat' }, { in: channel });
  assert.equal((await asked.reply()).content, 'still here');
  assert.equal(discord.gateway.resumes, 1);
  assert.equal(discord.gateway.identifies.length, 1);
});

test('an event can be lost or sent twice, and an unanswered command is told to the member', async (t) => {
  let heard = 0;
  const { discord } = await startBot(
    t,
    async () => {
      heard += 1;
    },
    { acknowledgeWithinMs: 150 },
  );
  const { channel, ann } = place(discord);
  discord.gateway.lose('INTERACTION_CREATE');
  const lost = await ann.types('/veo', { prompt: 'a cat' }, { in: channel });
  await assert.rejects(lost.acknowledged, /did not respond/);
  await assert.rejects(lost.reply(), /did not respond/);
  assert.equal(heard, 0);
  discord.gateway.sendTwice('INTERACTION_CREATE');
  const doubled = await ann.types('/veo', { prompt: 'a cat' }, { in: channel });
  await assert.rejects(doubled.acknowledged, /did not respond/);
  assert.equal(heard, 2);
});

test('where the bot is only installed by the member, replies can be forced to be private', async (t) => {
  const told: unknown[] = [];
  const watch = new Watch();
  const { discord } = await startBot(t, async (interaction) => {
    if (!isCommand(interaction)) return;
    const sent = await interaction.reply({ content: 'made', withResponse: true });
    const { guildId } = interaction.authorizingIntegrationOwners;
    told.push([guildId ?? null, sent.interaction.responseMessageEphemeral]);
    watch.notify();
  });
  const foreign = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  const open = foreign.createChannel({ name: 'open' });
  const strict = foreign.createChannel({ name: 'strict', membersMay: { useExternalApps: false } });
  const ann = discord.createMember({ name: 'Ann', in: foreign });
  await assert.rejects(ann.types('/veo', { prompt: 'x' }, { in: open }), /not installed here/);
  const asked = await ann.types('/veo', { prompt: 'x' }, { in: open, userInstall: true });
  assert.equal((await asked.reply()).ephemeral, false);
  const forced = await ann.types('/veo', { prompt: 'x' }, { in: strict, userInstall: true });
  assert.equal((await forced.reply()).ephemeral, true);
  assert.equal(strict.messages.length, 0);
  await watch.until(
    () => told.length === 2 || undefined,
    5_000,
    () => 'The bot was not told',
  );
  assert.deepEqual(told, [
    [null, false],
    [null, true],
  ]);
  assert.deepEqual(discord.violations, []);
});

for (const [code, what] of [
  [4004, 'a wrong token'],
  [4014, 'an intent that is not allowed'],
] as const)
  test(`${what} closes the gateway with ${code}`, async (t) => {
    const discord = await startDiscord();
    const client = new Client({
      intents: code === 4014 ? (['MessageContent'] as const) : [],
      rest: { api: discord.apiUrl },
    });
    t.after(async () => {
      await client.destroy();
      await discord.stop();
    });
    if (code === 4004) discord.gateway.refuseIdentifyWith(4004);
    await assert.rejects(client.login(discord.botToken));
    assert.equal(discord.gateway.sessions.length, 0);
    assert.equal(discord.gateway.identifies.length, 1);
  });

test('a reset token ends the session with 4004 and is refused by REST', async (t) => {
  const { discord, client } = await startBot(t, async () => {});
  const closed = new Promise<{ code: number }>((resolve) =>
    client.once(Events.ShardDisconnect, resolve),
  );
  discord.resetToken();
  assert.equal((await closed).code, 4004);
  await assert.rejects(client.rest.get('/users/@me'), { status: 401 });
});
