/** Started by tests: receives a video without end and says after each piece how much was taken. */
import { createVideoFiles } from '../../src/disk/videos.ts';

const incoming = await createVideoFiles({ dir: process.argv[2] ?? '' }).receive('abcd1234');
for (let byte = 0; ; byte = (byte + 1) % 256) {
  await incoming.write(Buffer.alloc(10_000, byte));
  process.stdout.write(`${incoming.sizeBytes}\n`);
}
