/** Whether Discord takes the token, and what stands in the way of commands; by REST alone. */
import { DiscordAPIError, HTTPError, RESTEvents, Routes } from 'discord.js';
import { z } from 'zod';
import type { Finding } from '../../jobs/finding.ts';
import { inviteLink, inviteToOneselfLink, missingRights } from './invite.ts';
import { tokenRefused } from './problem.ts';
import { createRest, type RestOptions } from './rest.ts';

const portal = 'https://discord.com/developers/applications';
const OFF_BY_MOST_S = 5;

/** Source: Discord's documentation of the objects User, Application and Partial Guild, API v10. */
const user = z.object({ username: z.string() });
const application = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  interactions_endpoint_url: z.string().nullish(),
  bot_require_code_grant: z.boolean().nullish(),
});

const guilds = z.array(z.object({ name: z.string(), permissions: z.string().regex(/^\d{1,40}$/) }));
/** Discord's most in one answer. */
const SERVERS_LOOKED_AT = 200;
const MOST_NAMED = 5;

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
    const query = new URLSearchParams({ limit: String(SERVERS_LOOKED_AT) });
    const servers = guilds.parse(await rest.ordinary.get(Routes.userGuilds(), { query }));
    return [
      { what: 'token', verdict: 'ok', says: `Discord takes it; the bot is ${shown(me.username)}.` },
      { what: 'intents', verdict: 'ok', says: 'None that Discord has to approve is needed.' },
      ...checkApplication(app),
      { what: 'invite', verdict: 'ok', says: inviteLink(app.id) },
      { what: 'invite to oneself', verdict: 'ok', says: inviteToOneselfLink(app.id) },
      checkServers(servers),
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

/** By its roles; what a single channel takes away or gives is not looked at. */
function checkServers(servers: z.infer<typeof guilds>): Finding {
  const what = 'servers';
  if (servers.length === 0) {
    return {
      what,
      verdict: 'ok',
      says: 'It is in none yet: the address of "invite" adds it to one.',
    };
  }
  const lacking = servers
    .map(({ name, permissions }) => ({ name, missing: missingRights(permissions) }))
    .filter(({ missing }) => missing.length > 0);
  const most = servers.length === SERVERS_LOOKED_AT ? 'of the first ' : '';
  if (lacking.length === 0) {
    const where = servers.length === 1 ? 'one server' : `${most}${servers.length} servers`;
    return { what, verdict: 'ok', says: `In ${where}, with every permission that it needs.` };
  }
  const named = lacking
    .slice(0, MOST_NAMED)
    .map(({ name, missing }) => `${shown(name)} (${missing.join(', ')})`);
  const more = lacking.length > MOST_NAMED ? ` and ${lacking.length - MOST_NAMED} more` : '';
  return {
    what,
    verdict: 'look',
    says: `It lacks permissions in ${named.join('; ')}${more}: give them to its role there, or a video that takes longer than 15 minutes may not reach its channel.`,
  };
}

function problemOf(error: unknown): Finding {
  const what = 'Discord';
  if (error instanceof DiscordAPIError && error.status === 401) {
    return { what: 'token', verdict: 'wrong', says: tokenRefused().message };
  }
  // Without a code of Discord's own it came from something else.
  if (error instanceof DiscordAPIError && typeof error.code === 'number' && error.code > 0) {
    const says = `It refuses to say who this bot is (${error.status}, code ${error.code}): check that its application still exists at ${portal}.`;
    return { what, verdict: 'wrong', says };
  }
  if (error instanceof z.ZodError || error instanceof DiscordAPIError || isNoPage(error)) {
    const says = 'What answers there is not Discord: check DISCORD_API_URL, or what is in between.';
    return { what, verdict: 'wrong', says };
  }
  const how = error instanceof Error ? codeOf(error) : 'unknown error';
  const says = `It cannot be reached (${how}): check the network of this machine, and DISCORD_API_URL if it is set.`;
  return { what, verdict: 'wrong', says };
}

/** A 4xx without JSON: a web page or another server. */
function isNoPage(error: unknown): boolean {
  const { status } = error instanceof HTTPError ? error : { status: 0 };
  return status >= 400 && status < 500;
}

/** A name or code, never a message: those hold addresses. */
function codeOf(error: Error): string {
  if (error.name === 'AbortError') return 'no answer in time';
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
