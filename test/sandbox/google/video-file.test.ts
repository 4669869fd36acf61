import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { frameSize, videoFile } from './video-file.ts';

async function readBack(bytes: Buffer) {
  using input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  assert.ok(picture && sound);
  return {
    seconds: await picture.computeDuration(),
    wholeSeconds: await input.computeDuration(),
    width: await picture.getDisplayWidth(),
    height: await picture.getDisplayHeight(),
    fps: (await picture.computePacketStats()).averagePacketRate,
    codecs: [await picture.getCodec(), await sound.getCodec()],
  };
}

function boxes(bytes: Buffer): string[] {
  const names: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    names.push(bytes.toString('latin1', at + 4, at + 8));
    at += bytes.readUInt32BE(at);
  }
  assert.equal(at, bytes.length, 'the boxes end exactly at the end of the file');
  return names;
}

describe('a sample video', () => {
  for (const seconds of [3, 4.5, 8, 15, 40]) {
    it(`of ${seconds} s is ${seconds} s long, with picture and sound`, async () => {
      const seen = await readBack(await videoFile({ seconds }));
      assert.ok(Math.abs(seen.seconds - seconds) < 0.05, `${seen.seconds}`);
      assert.ok(Math.abs(seen.wholeSeconds - seconds) < 0.1, `${seen.wholeSeconds}`);
      assert.ok(Math.abs(seen.fps - 24) < 0.1, `${seen.fps}`);
      assert.deepEqual(seen.codecs, ['avc', 'aac']);
      assert.deepEqual([seen.width, seen.height], [1280, 720]);
    });
  }

  for (const resolution of ['360p', '720p', '1080p', '4k'] as const) {
    for (const aspect of ['16:9', '9:16'] as const) {
      it(`has its own frames at ${resolution}, ${aspect}`, async () => {
        const size = frameSize(resolution, aspect);
        const seen = await readBack(await videoFile({ seconds: 3, ...size }));
        assert.deepEqual({ width: seen.width, height: seen.height }, size);
      });
    }
  }

  it('is padded to any size by a last box that players skip', async () => {
    const plain = await videoFile({ seconds: 3 });
    assert.deepEqual(boxes(plain), ['ftyp', 'moov', 'mdat']);
    const big = await videoFile({ seconds: 3, sizeBytes: 12_345_678 });
    assert.equal(big.length, 12_345_678);
    assert.deepEqual(boxes(big), ['ftyp', 'moov', 'mdat', 'free']);
    assert.ok(Math.abs((await readBack(big)).seconds - 3) < 0.1);
  });

  it('refuses a size that has no sample clip, and a file smaller than the clip', async () => {
    await assert.rejects(videoFile({ seconds: 3, width: 100, height: 100 }), RangeError);
    await assert.rejects(videoFile({ seconds: 3, sizeBytes: 1000 }), RangeError);
  });
});
