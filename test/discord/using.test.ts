/** docs/using.md shows messages as they are: each of its pictures is one that a snapshot has. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const shown =
  /<!-- as seen: (?<file>[\w-]+\.txt) \/ (?<name>.+?) -->\n```text\n(?<text>[\s\S]*?)\n```/g;

it('what using.md shows is what members see', async () => {
  const page = await readFile(join(root, 'docs/using.md'), 'utf8');
  const pictures = [...page.matchAll(shown)];
  assert.ok(pictures.length >= 10);
  assert.equal(
    pictures.length,
    page.split('```text').length - 1,
    'each picture says what it is of',
  );
  for (const { groups = {} } of pictures) {
    const { file = '', name = '', text = '' } = groups;
    const snapshot = await readFile(join(root, 'test/discord/snapshots', file), 'utf8');
    const part = snapshot.split(/^── /m).find((one) => one.startsWith(`${name}\n`));
    assert.equal(part?.slice(name.length + 1).trim(), text.trim(), `${file}: ${name}`);
  }
});
