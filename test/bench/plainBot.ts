/** What discord.js's own guide would have one write; the measure that ours is held against. */
import { readFile } from 'node:fs/promises';
import { Client, Events, GatewayIntentBits } from 'discord.js';

const { DISCORD_TOKEN: token = '', DISCORD_API_URL: api = '', VIDEO: video } = process.env;

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply();
  if (video === undefined) return;
  await interaction.editReply({
    files: [{ attachment: await readFile(video), name: 'video.mp4' }],
  });
});
client.once(Events.ClientReady, () => console.log(JSON.stringify({ level: 'info', msg: 'ready' })));
await client.login(token);
