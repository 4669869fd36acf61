/** What an admin is told of an export. */
import type { Exported } from '../admins/exporting.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';

export function exportText(
  { jobs, chargedMicroUsd, maybeMicroUsd, reservedMicroUsd, file }: Exported,
  of: { readonly period: string; readonly guildId: string | null; readonly prompts: boolean },
): string {
  const open = [
    ...(maybeMicroUsd > 0 ? [`${money(maybeMicroUsd)} may have been charged`] : []),
    ...(reservedMicroUsd > 0 ? [`${money(reservedMicroUsd)} held`] : []),
  ];
  const whose = of.guildId === null ? 'of the whole bot' : 'of this server';
  const sums = [`${money(chargedMicroUsd)} charged`, ...open].join(' · ');
  return [
    `🧾 ${jobs === 1 ? '1 request' : `${jobs} requests`} ${whose}, ${of.period}: ${sums}.`,
    ...(file?.kind === 'csv.gz' ? ['Too large for this place as it is: squeezed with gzip.'] : []),
    ...(file === null ? [tooLarge()] : []),
    ...(of.prompts ? ['It holds what members wrote: keep it to yourself.'] : []),
  ].join('\n');
}

function tooLarge(): string {
  return 'It is too large for this place, also when squeezed. Ask for a shorter time, e.g. with `from` and `to`.';
}

/** Discord did not take the file, whatever it had announced. */
export function exportNotTaken(text: string): string {
  return `${text}\n${tooLarge()}`;
}

export function noSuchMonth(typed: string): string {
  return `"${quote(typed, 20)}" is no month. Write it as 2026-11.`;
}

export function noSuchDay(typed: string): string {
  return `"${quote(typed, 20)}" is no day. Write it as 2026-11-05.`;
}

export function notARange(): string {
  return 'Say either `month`, or `from` and `to`, the earlier day first. Nothing was exported.';
}

export function promptsOnlyForBotAdmins(): string {
  return 'What members wrote is exported only for the admins of the bot. Nothing was exported; ask without `prompts`.';
}
