import assert from 'node:assert/strict';
import { DiscordAPIError, REST } from 'discord.js';
import { type Discord, type DiscordPlan, startDiscord } from './discord.ts';

/** For tests of the stand-in that speak REST themselves, without a gateway. */
export interface Raw {
  discord: Discord;
  rest: REST;
}

export async function startRaw(
  t: { after(end: () => Promise<void>): void },
  plan: DiscordPlan = {},
): Promise<Raw> {
  const discord = await startDiscord(plan);
  t.after(() => discord.stop());
  const rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.botToken);
  await rest.put(`/applications/${discord.applicationId}/commands`, {
    body: [
      {
        name: 'veo',
        description: 'Makes a video',
        integration_types: [0, 1],
        options: [{ type: 3, name: 'prompt', description: 'What to show', autocomplete: true }],
      },
      { name: 'Animate', type: 3 },
    ],
  });
  return { discord, rest };
}

export function place(discord: Discord) {
  const server = discord.createServer({ name: 'Film club' });
  const channel = server.createChannel({ name: 'videos' });
  const ann = discord.createMember({ name: 'Ann', in: server });
  return { server, channel, ann };
}

/** The REST call is refused with that status and Discord's code. */
export async function refused(call: Promise<unknown>, status: number, code?: number) {
  await assert.rejects(call, (error: unknown) => {
    assert.equal((error as { status?: number }).status, status, String(error));
    if (code !== undefined) {
      assert.ok(error instanceof DiscordAPIError, String(error));
      assert.equal(error.code, code);
    }
    return true;
  });
}
