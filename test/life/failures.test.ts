/** docs/failures.md: each row leads to a file and to a test in it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const address = new URL('../../docs/failures.md', import.meta.url);
const page = readFileSync(address, 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!what breaks|-)/.test(line));

test('every row of docs/failures.md links to a test that exists', () => {
  assert.ok(rows.length > 40);
  for (const row of rows) {
    const [, name, link] = /\[([^\]]+)\]\(([^)]+)\)\s*\|$/.exec(row) ?? [];
    assert.ok(name !== undefined && link !== undefined, `no link in: ${row}`);
    const source = readFileSync(new URL(link, address), 'utf8').replaceAll("\\'", "'");
    assert.ok(source.includes(name), `no test "${name}" in ${link}`);
  }
});

test('every file that speaks of the failure table is linked from docs/failures.md', () => {
  const folder = new URL('.', import.meta.url);
  const speaksOfIt = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => readFileSync(new URL(name, folder), 'utf8').startsWith('/** Failure table'));
  assert.ok(speaksOfIt.length >= 12);
  const missing = speaksOfIt.filter((name) => !page.includes(`(../test/life/${name})`));
  assert.deepEqual(missing, []);
});
