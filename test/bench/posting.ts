/** From "done" noticed to the video in its message, beside doing just that and nothing else. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST, Routes } from 'discord.js';
import type { Bot } from '../life/bot.ts';
import { type StandIns, startStandIns } from './apart.ts';
import { end, startReal } from './bots.ts';
import { median, ms, type Row } from './row.ts';

const VIDEO_BYTES = 9 * 2 ** 20;
const ROUNDS = 9;
const MOST = 1.25;

export async function measure(): Promise<Row[]> {
  const standIns = await startStandIns({ takesMs: 500, videoSizeBytes: VIDEO_BYTES });
  const dataDir = await mkdtemp(join(tmpdir(), 'veo-bench-'));
  const bot = await startReal(standIns, dataDir);
  const rest = new REST({ api: standIns.apiUrl }).setToken(standIns.botToken);
  const ours: number[] = [];
  const plain: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const { fileId, postedMs } = await byTheBot(standIns, bot);
      ours.push(postedMs);
      plain.push(await plainly(standIns, rest, fileId));
    }
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
    await end(bot, dataDir);
    await standIns.stop();
  }
  const ratio = median(ours) / median(plain);
  return [
    {
      what: `done noticed to posted, ${VIDEO_BYTES / 2 ** 20} MiB`,
      target: `≤ ${MOST} × plain download plus plain upload`,
      measured: `${ratio.toFixed(2)} × (${ms(median(ours))})`,
      baseline: ms(median(plain)),
      ok: ratio <= MOST,
      byTheClock: true,
    },
  ];
}

async function byTheBot(
  standIns: StandIns,
  bot: Bot,
): Promise<{ readonly fileId: string; readonly postedMs: number }> {
  const heard = bot.lines.length;
  const [made] = await standIns.ask('makeVideos', 1);
  if (made === undefined) throw new Error('no video was made');
  const noticed = bot.lines.slice(heard).find(({ state }) => state === 'downloading');
  await bot.says((line) => line.state === 'delivered' && line.job === noticed?.job);
  return { fileId: made.fileId, postedMs: made.postedAt - Date.parse(String(noticed?.time)) };
}

async function plainly(
  { googleUrl, channelId }: StandIns,
  rest: REST,
  fileId: string,
): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${googleUrl}/gemini/v1beta/files/${fileId}:download?alt=media`, {
    headers: { 'x-goog-api-key': 'anything' },
  });
  if (!answer.ok) throw new Error(`the download was refused: ${answer.status}`);
  const data = Buffer.from(await answer.arrayBuffer());
  await rest.post(Routes.channelMessages(channelId), { files: [{ data, name: 'video.mp4' }] });
  return performance.now() - startedAt;
}
