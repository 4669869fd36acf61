import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyMistake, proxyBase } from '../../src/litellm/base.ts';

const roots: Record<string, string> = {
  'http://p:4000': 'http://p:4000',
  'http://p:4000/': 'http://p:4000',
  'http://p:4000/gemini': 'http://p:4000',
  'http://p:4000/gemini/': 'http://p:4000',
  'http://p:4000/gemini/v1beta/': 'http://p:4000',
  ' http://p:4000/gemini/v1beta \n': 'http://p:4000',
  'HTTPS://Proxy.Example/': 'https://proxy.example',
  'http://p:4000//gemini//': 'http://p:4000',
  'http://[::1]:4000/gemini': 'http://[::1]:4000',
  'https://proxy.example/llm/gemini': 'https://proxy.example/llm',
};
for (const [text, base] of Object.entries(roots)) {
  test(`the address ${JSON.stringify(text)} is understood`, () => {
    assert.deepEqual(proxyBase(text), { ok: true, base });
  });
}

for (const text of [
  'http://p:4000/v1',
  'http://p:4000/v1/',
  'http://p:4000/v1beta',
  'http://p:4000/gemini/v1',
  'http://p:4000/gemini/v1beta/models',
  '"http://p:4000"',
  'p:4000',
  'localhost:4000',
  '',
  'ftp://p',
  'http://',
  'http://u:secret@p:4000',
  'http://p:4000?key=secret',
]) {
  test(`the address ${JSON.stringify(text)} is refused with the form expected`, () => {
    const result = proxyBase(text);
    assert.ok(!result.ok);
    assert.match(result.mistake, /expected is the proxy's address like "http:\/\/localhost:4000"/);
    assert.doesNotMatch(result.mistake, /secret/);
  });
}

test('a key that no header can carry is named without being shown', () => {
  assert.equal(keyMistake('anything'), null);
  assert.match(keyMistake('sk-a b') ?? '', /blank/);
  assert.doesNotMatch(keyMistake('sk-sécret') ?? '', /cret/);
  assert.equal(keyMistake(''), 'is empty');
});
