/** Whether Discord takes the token, and what stands in the way of commands; by REST alone. */
import { DiscordAPIError, RESTEvents, Routes } from 'discord.js';
import { z } from 'zod';
import type { Finding } from '../jobs/finding.ts';
import { inviteLink, inviteToOneselfLink } from './invite.ts';
import { tokenRefused } from './problem.ts';
import { createRest, type RestOptions } from './rest.ts';

const portal = 'https://discord.com/developers/applications';
const OFF_BY_MOST_S = 5;

/** Source: Discord's documentation of the objects User and Application, API v10. */
const user = z.object({ username: z.string() });
const application = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  interactions_endpoint_url: z.string().nullish(),
  bot_require_code_grant: z.boolean().nullish(),
});

/** `wall`: this machine's clock, ms. */
export async function checkDiscord(options: RestOptions, wall: () => number): Promise<Finding[]> {
  const rest = createRest(options);
  let clock: Finding | null = null;
  let askedAt = 0;
  rest.ordinary.on(RESTEvents.Response, (_request, response) => {
    clock ??= checkClock(response.headers.get('date'), askedAt, wall());
  });
  try {
    askedAt = wall();
    const me = user.parse(await rest.ordinary.get(Routes.user()));
    const app = application.parse(await rest.ordinary.get(Routes.currentApplication()));
    return [
      { what: 'token', verdict: 'ok', says: `Discord takes it; the bot is ${shown(me.username)}.` },
      { what: 'intents', verdict: 'ok', says: 'None that Discord has to approve is needed.' },
      ...checkApplication(app),
      { what: 'invite', verdict: 'ok', says: inviteLink(app.id) },
      { what: 'invite to oneself', verdict: 'ok', says: inviteToOneselfLink(app.id) },
      ...listed(clock),
    ];
  } catch (error) {
    return [problemOf(error), ...listed(clock)];
  } finally {
    rest.close();
  }
}

function listed(finding: Finding | null): Finding[] {
  return finding === null ? [] : [finding];
}

function checkApplication(app: z.infer<typeof application>): Finding[] {
  const findings: Finding[] = [];
  if (app.interactions_endpoint_url) {
    findings.push({
      what: 'commands',
      verdict: 'wrong',
      says: `Discord sends them elsewhere: empty "Interactions Endpoint URL" at ${portal}, General Information.`,
    });
  }
  if (app.bot_require_code_grant) {
    findings.push({
      what: 'invite',
      verdict: 'look',
      says: `The link would be refused: turn off "Requires OAuth2 Code Grant" at ${portal}, Bot.`,
    });
  }
  return findings;
}

function problemOf(error: unknown): Finding {
  const what = 'Discord';
  if (error instanceof DiscordAPIError && error.status === 401) {
    return { what: 'token', verdict: 'wrong', says: tokenRefused().message };
  }
  if (error instanceof DiscordAPIError) {
    const says = `It refuses to say who this bot is (${error.status}, code ${error.code}): check that its application still exists at ${portal}.`;
    return { what, verdict: 'wrong', says };
  }
  if (error instanceof z.ZodError) {
    const says = 'What answers there is not Discord: check DISCORD_API_URL, or what is in between.';
    return { what, verdict: 'wrong', says };
  }
  const how = error instanceof Error ? codeOf(error) : 'unknown error';
  const says = `It cannot be reached (${how}): check the network of this machine, and DISCORD_API_URL if it is set.`;
  return { what, verdict: 'wrong', says };
}

/** A name or code, never a message: those hold addresses. */
function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'status' in error ? `HTTP ${String(error.status)}` : error.name;
}

/** Discord tells whole seconds, and at some moment between the two of ours. */
function checkClock(date: string | null, askedAt: number, heardAt: number): Finding | null {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return null;
  const [early, late] = [askedAt - (told + 1_000), heardAt - told];
  const offMs = early > 0 ? early : Math.min(late, 0);
  const offS = Math.round(Math.abs(offMs) / 1_000);
  return offS <= OFF_BY_MOST_S
    ? { what: 'clock', verdict: 'ok', says: "It agrees with Discord's." }
    : {
        what: 'clock',
        verdict: 'look',
        says: `It is ${offS} s ${offMs > 0 ? 'ahead of' : 'behind'} Discord's: let the machine set it by NTP; days of limits begin by it.`,
      };
}

/** Goes to a terminal. */
function shown(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 40);
}
