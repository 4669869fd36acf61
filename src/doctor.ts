/** `npm run doctor`: what works and what does not, before the first start or beside a running bot. */
import { join } from 'node:path';
import { type Config, ConfigProblem, readConfig } from './config.ts';
import { checkDiscord } from './discord/connection/checks.ts';
import { checkFfmpeg, checkFolder } from './disk/checks.ts';
import { environment, unknownInFile } from './environment.ts';
import { checkCalendar } from './jobs/checks.ts';
import type { Finding } from './jobs/finding.ts';
import { Calendar } from './jobs/money/calendar.ts';
import { checkProxy } from './litellm/checks.ts';
import { checkOpsPort, checkPublicUrl } from './ops/checks.ts';
import { checkDatabase } from './sqlite/checks.ts';
import { isHeldElsewhere } from './sqlite/lock.ts';

const OLDEST_NODE = 24;
const PROXY_ANSWERS_WITHIN_MS = 15_000;

async function main(): Promise<void> {
  const found = [checkNode(process.versions.node)];
  const config = readOrFind(found);
  found.forEach(print);
  if (config !== null) {
    for (const findings of asked(config)) {
      for (const finding of await findings) {
        print(finding);
        found.push(finding);
      }
    }
  }
  const wrong = found.filter(({ verdict }) => verdict === 'wrong').length;
  if (wrong > 0) process.exitCode = 1;
  const things = wrong === 1 ? 'One thing keeps' : `${wrong} things keep`;
  const rest = config === null ? '; the rest was not looked at' : '';
  console.log(wrong === 0 ? '\nThe bot can work.' : `\n${things} the bot from working${rest}.`);
}

function checkNode(version: string): Finding {
  const isNew = Number.parseInt(version, 10) >= OLDEST_NODE;
  return isNew
    ? { what: 'Node', verdict: 'ok', says: `Version ${version}.` }
    : {
        what: 'Node',
        verdict: 'wrong',
        says: `Node ${OLDEST_NODE} or newer is needed; this is ${version}.`,
      };
}

function readOrFind(found: Finding[]): Config | null {
  const what = 'configuration';
  try {
    const config = readConfig(environment());
    const says = `In order: ${config.models.map((model) => model.name).join(', ')}.`;
    found.push({ what, verdict: 'ok', says });
    found.push(...unknownInFile().map(aboutUnknown));
    found.push(checkCalendar(new Calendar(config.timeZone), Date.now()));
    found.push(checkAdmins(config.adminUserIds));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    found.push(...error.mistakes.map((says): Finding => ({ what, verdict: 'wrong', says })));
    return null;
  }
}

function aboutUnknown(name: string): Finding {
  const says = `.env sets ${name}, which this bot does not read: it changes nothing. Names are in .env.example.`;
  return { what: 'configuration', verdict: 'look', says };
}

function checkAdmins({ length }: Config['adminUserIds']): Finding {
  const what = 'admins';
  if (length > 0) return { what, verdict: 'ok', says: `${length} by ADMIN_USER_IDS.` };
  const says =
    'Nobody: what needs somebody is told to no one, and only those who manage a server can use part of /veo-admin. Set ADMIN_USER_IDS.';
  return { what, verdict: 'look', says };
}

/** All at once, told in this order. */
function asked(config: Config): Promise<readonly Finding[]>[] {
  const { discord, litellm, models } = config;
  return [
    checkData(config),
    checkDiscord({ token: discord.token, apiUrl: discord.apiUrl ?? undefined }, Date.now),
    checkProxy(litellm, models, AbortSignal.timeout(PROXY_ANSWERS_WITHIN_MS)),
    checkFfmpeg(config.ffmpeg).then((finding) => [finding]),
    Promise.resolve([checkPublicUrl(config.publicUrl, config.ops)]),
  ];
}

async function checkData({ dataDir, rules, ops }: Config): Promise<Finding[]> {
  const { findings, folder } = await checkFolder(dataDir, rules.minFreeBytes, isHeldElsewhere);
  return [
    ...findings,
    ...(folder === null ? [] : checkDatabase(join(folder.path, 'bot.db'), folder)),
    ...(folder?.isHeld ? [] : [await checkOpsPort(ops)]),
  ];
}

function print({ what, verdict, says }: Finding): void {
  console.log(`${verdict.padEnd(5)}  ${what}: ${says}`);
}

await main();
