/**
 * Stands in for the program ffmpeg: takes the arguments that shrinking uses, writes a whole video of
 * the same length at about the rate it was told, or misbehaves as the file MODE says. Its first
 * argument is its own folder; the rest is ffmpeg's.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mode } from './ffmpeg.ts';

const [folder = '', ...given] = process.argv.slice(2);

function after(option: string): string {
  const at = given.indexOf(option);
  if (at < 0) throw new Error(`${option} is missing`);
  return given[at + 1] ?? '';
}

async function shrink(): Promise<void> {
  const mode = readFileSync(join(folder, 'MODE'), 'utf8') as Mode;
  const from = after('-i').replace(/^file:/, '');
  const to = given.at(-1)?.replace(/^file:/, '') ?? '';
  const runs = readFileSync(join(folder, 'RUNS'), 'utf8').split('\n').length - 1;
  appendFileSync(join(folder, 'RUNS'), `${process.pid} ${given.join(' ')}\n`);
  switch (mode) {
    case 'crashes':
      writeFileSync(to, 'half of it');
      process.kill(process.pid, 'SIGSEGV');
      return;
    case 'hangs':
      writeFileSync(to, 'half of it');
      return void (await sleep(600_000));
    case 'writes rubbish':
      writeFileSync(to, 'x'.repeat(100_000));
      return;
    case 'fills the disk':
      for (;;) {
        appendFileSync(to, Buffer.alloc(2 ** 20));
        await sleep(1);
      }
    case 'takes its time':
      writeFileSync(to, 'half of it');
      await sleep(400);
      break;
    default:
  }
  // Only now: whoever misbehaves does it sooner.
  const { checkMp4 } = await import('../../../src/disk/mp4.ts');
  const { frameSize, videoFile } = await import('../google/video-file.ts');
  const found = await checkMp4(from);
  if (!found.ok) throw new Error('that is no video');
  const seconds = found.durationMs / 1_000;
  const tooLarge = mode === 'comes out too large' || (mode === 'too large at first' && runs === 0);
  const rate = Number(after('-b:v')) * (tooLarge ? 2 + runs : 1);
  const sizeBytes = Math.floor((rate * seconds) / 8);
  const shape = frameSize('720p', found.width >= found.height ? '16:9' : '9:16');
  writeFileSync(to, await videoFile({ seconds, ...shape, sizeBytes }));
}

await shrink();
