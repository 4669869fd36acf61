/** The accounts as CSV. Source of the form: RFC 4180. */
import type { AccountLine } from './accounts.ts';
import type { Calendar } from './calendar.ts';

type Column = readonly [name: string, of: (line: AccountLine, how: CsvHow) => string];

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['asked_at', ({ askedAt }) => new Date(askedAt).toISOString()],
  ['day', ({ askedAt }, { calendar }) => calendar.dateOf(askedAt)],
  ['member_id', ({ userId }) => userId],
  ['server_id', ({ guildId }) => guildId ?? ''],
  ['channel_id', ({ channelId }) => channelId],
  ['model', ({ modelId }) => modelId],
  ['seconds', ({ seconds }) => String(seconds ?? '')],
  ['resolution', ({ resolution }) => resolution ?? ''],
  ['state', ({ state }) => state],
  ['reason', ({ reason }) => reason ?? ''],
  ['price_usd', ({ priceMicroUsd }) => usd(priceMicroUsd)],
  ['reserved_usd', ({ reservedMicroUsd }) => usd(reservedMicroUsd)],
  ['charged_usd', ({ chargedMicroUsd }) => usd(chargedMicroUsd)],
  ['maybe_charged_usd', ({ maybeMicroUsd }) => usd(maybeMicroUsd)],
  ['basis', ({ basis }) => basis ?? ''],
];
const prompt: Column = ['prompt', (line) => line.prompt];

export interface CsvHow {
  readonly prompts: boolean;
  /** Whose days they are. */
  readonly calendar: Pick<Calendar, 'dateOf'>;
}

export function csvHead(how: CsvHow): string {
  return row(columnsOf(how).map(([name]) => name));
}

export function csvLine(line: AccountLine, how: CsvHow): string {
  return row(columnsOf(how).map(([, of]) => of(line, how)));
}

function columnsOf({ prompts }: CsvHow) {
  return prompts ? [...columns, prompt] : columns;
}

function row(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A table program takes what begins like this for a formula, and runs it. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
/** Where commas are decimal points, such a program begins a new cell here, quotes or not. */
const formulaAfterSeparator = /([;\t\r\n]["\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function cell(text: string): string {
  const inside = text.replace(formulaAfterSeparator, "$1'");
  const harmless = formula.test(text) ? `'${inside}` : inside;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** To the micro-dollar, so that sums in a table are those of the ledger. */
function usd(microUsd: number): string {
  return `${Math.floor(microUsd / 1_000_000)}.${String(microUsd % 1_000_000).padStart(6, '0')}`;
}
