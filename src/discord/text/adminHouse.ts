/** What an admin is told of what they decided: models, blocks, refused words, pauses, a server's rules. */
import type { House, Showing } from '../../jobs/admins/house.ts';
import type {
  BlockResult,
  ModelResult,
  Part,
  PausePartResult,
  WordsResult,
} from '../../jobs/admins/ruling.ts';
import { serverScope } from '../../jobs/admins/settings.ts';
import type { Model } from '../../jobs/model.ts';
import { pausedBy } from './adminSteering.ts';
import { CONTENT_MAX, quote } from './quote.ts';

const nothing = 'Nothing was changed.';
const LONGEST_NAME = 60;

/** `in the whole bot` or `in this server`. */
export function whereText(guildId: string | null): string {
  return guildId === null ? 'in the whole bot' : 'in this server';
}

export function modelsText(house: House, guildId: string | null): string {
  const offered = house.modelsIn(guildId);
  const everywhere = house.modelsIn(null);
  const paused = house.get('bot', 'paused models') ?? {};
  const line = (model: Model): string => {
    const isOn = offered.includes(model);
    const offWhere = everywhere.includes(model) ? 'off here' : 'off in the whole bot';
    const since = paused[model.id];
    const facts = [isOn ? (model === offered[0] ? 'on, the default' : 'on') : offWhere];
    if (since !== undefined) facts.push(`⏸️ paused ${pausedBy(since)}`);
    return `${named(model)} · ${facts.join(' · ')}`;
  };
  const all = house.allModels();
  return fitting(`🎛️ Models ${whereText(guildId)}\n`, all.map(line), '\n');
}

export function modelText(
  result: ModelResult,
  how: 'on' | 'off' | 'default',
  guildId: string | null,
): string {
  const where = whereText(guildId);
  switch (result.kind) {
    case 'done': {
      const is = { on: 'is offered', off: 'is not offered any more', default: 'is the default' };
      const waiting = how === 'off' ? ' What was asked for of it before is still made.' : '';
      return `🎛️ ${named(result.model)} ${is[how]} ${where}, from now on.${waiting}`;
    }
    case 'as before':
      return `${named(result.model)} is ${how === 'default' ? 'the default' : how} ${where} already. ${nothing}`;
    case 'last one':
      return `${named(result.model)} is the last model that is offered ${where}. ${nothing} To stop new videos, use \`/veo-admin pause\`.`;
    case 'not offered':
      return `${named(result.model)} is not offered ${where}, so it cannot be the default. ${nothing} Turn it on first.`;
    case 'no such model':
      return noSuchModel();
    default:
      return result satisfies never;
  }
}

export function noSuchModel(): string {
  return `There is no such model here. ${nothing} Choose one from the list that Discord shows while you type.`;
}

export function onlyThisServer(): string {
  return `That is for the admins of the bot; you can pause this server. ${nothing}`;
}

export function whichModel(): string {
  return `Say which model, too. ${nothing}`;
}

export function blockText(result: BlockResult, whom: string, where: string): string {
  if (result.kind === 'too many') {
    return `At most ${result.most} can be blocked ${where}. ${nothing} Unblock somebody first.`;
  }
  const { cancelled } = result;
  const waited =
    cancelled === 0
      ? 'Nothing of theirs was waiting.'
      : `${cancelled === 1 ? '1 video that waited is' : `${cancelled} videos that waited are`} cancelled, not charged.`;
  const paid = 'What is paid for is finished and delivered.';
  return result.kind === 'done'
    ? `🚫 ${whom} is blocked ${where}: nothing new is made for them. ${waited} ${paid}`
    : `${whom} was blocked ${where} before. ${waited}`;
}

export function unblockText(done: boolean, whom: string, where: string): string {
  return done
    ? `✅ ${whom} is not blocked ${where} any more.`
    : `${whom} was not blocked ${where}. ${nothing}`;
}

export function notAnAdminBlocked(): string {
  return `An admin of the bot cannot be blocked. ${nothing} Take them out of ADMIN_USER_IDS first.`;
}

export function notYourselfBlocked(): string {
  return `You cannot block yourself. ${nothing}`;
}

export function whomToBlock(isOfBot: boolean): string {
  return `Say whom: a \`member\`${isOfBot ? ', or the id of a `server`' : ''}. ${nothing}`;
}

export function serversAreNotYours(): string {
  return `Whole servers are blocked by the admins of the bot alone; name a \`member\`. ${nothing}`;
}

export function notAServer(): string {
  return `That is no id of a server: it is a long number. Discord shows “Copy Server ID” once its developer mode is on. ${nothing}`;
}

export function blockedText(house: House, guildId: string | null): string {
  const members =
    house.get(guildId === null ? 'bot' : serverScope(guildId), 'blocked members') ?? [];
  const servers = guildId === null ? (house.get('bot', 'blocked servers') ?? []) : [];
  const where = `🚫 Blocked ${whereText(guildId)}`;
  const ofServers =
    servers.length === 0 ? '' : fitting('\nServers: ', servers, ' ', CONTENT_MAX / 2);
  if (members.length === 0) return `${where}\nNo member.${ofServers}`;
  const ids = members.map((id) => `<@${id}>`);
  return fitting(`${where}\nMembers: `, ids, ' ', CONTENT_MAX - ofServers.length) + ofServers;
}

export function wordAdded(result: WordsResult, guildId: string | null): string {
  switch (result.kind) {
    case 'done':
      return `🚫 Prompts with this are refused ${whereText(guildId)} from now on, before anything is paid. Whole words count, however they are spaced or accented; "cat" does not refuse "cats".`;
    case 'as before':
      return `This is refused ${whereText(guildId)} already. ${nothing}`;
    case 'nothing to compare':
      return `There is no letter or digit in this. ${nothing}`;
    case 'too long':
      return `At most ${result.most} characters go. ${nothing}`;
    case 'too many':
      return `At most ${result.most} terms go ${whereText(guildId)}. ${nothing} Remove one first.`;
    default:
      return result satisfies never;
  }
}

export function wordRemoved(done: boolean, guildId: string | null): string {
  return done
    ? `✅ This is not refused ${whereText(guildId)} any more.`
    : `This was not refused ${whereText(guildId)}. ${nothing}`;
}

export function wordsText(terms: readonly string[], guildId: string | null): string {
  if (terms.length === 0) return `No terms are refused ${whereText(guildId)}.`;
  const list = terms.toSorted().map((term) => quote(term, LONGEST_NAME));
  return fitting(`🚫 Refused ${whereText(guildId)} (${terms.length}): `, list, ', ');
}

export function pausePartText({ kind, paused }: PausePartResult, part: Part): string {
  const what = partText(part);
  if (kind === 'as before') {
    const by = paused === null ? '' : `, ${pausedBy(paused)}`;
    return `⏸️ ${what} were paused before${by}. ${nothing}`;
  }
  return `⏸️ ${what} are paused, also after a restart. What is paid for goes on; what is asked for waits, as long as its message says, and starts by itself after \`/veo-admin resume\`.`;
}

export function resumePartText(
  { kind, paused }: PausePartResult,
  part: Part,
  waiting: number,
): string {
  const what = partText(part);
  if (kind === 'as before' || paused === null) return `▶️ ${what} were not paused. ${nothing}`;
  const jobs = waiting === 1 ? '1 video that waited starts' : `${waiting} videos that waited start`;
  return `▶️ ${what} are made again; they were paused ${pausedBy(paused)}. ${waiting === 0 ? 'None waited for it.' : `${jobs} now, as there is room.`}`;
}

export function showingText(showing: Showing, isPaused: string | null): string {
  const is = (on: boolean) => (on ? 'on' : 'off');
  return [
    '🏠 This server, for everything that is asked from now on',
    `\`private\` ${is(showing.private)} · only whoever asks sees their video`,
    `\`age_restricted_only\` ${is(showing.ageRestrictedOnly)} · videos are made only in channels that are marked age-restricted`,
    `\`spoilers\` ${is(showing.spoilers)} · videos stand behind a spoiler in channels that are not`,
    ...(isPaused === null ? [] : [`⏸️ New videos are paused here ${isPaused}`]),
  ].join('\n');
}

function partText(part: Part): string {
  return part.kind === 'server'
    ? 'New videos of this server'
    : `New videos of ${named(part.model)}`;
}

function named({ name }: Model): string {
  return quote(name, LONGEST_NAME);
}

/** As many of the items as fit, each whole: a cut one could lose half a character, or half of what makes it harmless. */
function fitting(head: string, items: readonly string[], between: string, most = CONTENT_MAX) {
  const kept = [...items];
  const text = () => {
    const left = items.length - kept.length;
    return head + [...kept, ...(left === 0 ? [] : [`… ${left} more`])].join(between);
  };
  while (text().length > most && kept.length > 0) kept.pop();
  return text();
}
