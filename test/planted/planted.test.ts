/** The list of planted faults does not rot; `npm run test:planted` plants them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { withFault } from './fault.ts';
import { planted } from './list.ts';

test('what each planted fault replaces is in the source once, and what stands there then can be read', () => {
  for (const fault of planted) {
    const source = readFileSync(fault.file, 'utf8');
    const faulty = withFault(source, fault);
    assert.notEqual(faulty, source, fault.what);
    assert.doesNotThrow(() => stripTypeScriptTypes(faulty), fault.what);
  }
});

test('each planted fault has its name and a test that is there', () => {
  assert.equal(new Set(planted.map(({ what }) => what)).size, planted.length);
  for (const { what, caughtBy } of planted) {
    assert.ok(caughtBy.length > 0, what);
    for (const catcher of caughtBy) {
      if ('test' in catcher) assert.ok(existsSync(catcher.test), `${what}: ${catcher.test}`);
    }
  }
});

test('a fault whose text is gone, or there twice, is told and not passed over', () => {
  const fault = { what: 'a fault', file: 'a.ts', edits: [['b', 'c']], caughtBy: [] } as const;
  assert.equal(withFault('a b', fault), 'a c');
  assert.throws(() => withFault('a', fault), /0 times in a\.ts/);
  assert.throws(() => withFault('b b', fault), /2 times in a\.ts/);
});
