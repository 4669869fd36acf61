import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdsTerm, normalTerm } from '../../src/jobs/admins/refusedWords.ts';

const holds = (prompt: string, ...terms: string[]) => holdsTerm(prompt, terms.map(normalTerm));

describe('a refused term', () => {
  it('is found as a whole word, whatever stands around it', () => {
    assert.ok(holds('a Cat, playing', 'cat'));
    assert.ok(holds('“cat”', 'cat'));
    assert.ok(!holds('cats and a category', 'cat'));
    assert.ok(!holds('a dog', 'cat'));
    assert.ok(!holds('a cat'));
  });

  it('is found however it is disguised', () => {
    for (const disguised of [
      'CAT',
      'ｃａｔ',
      'c\u200ba\u200dt',
      'c\u00ada\u2060t',
      'c\u0336a\u0336t\u0336',
      'cät',
      'c a t',
      'c.a.t!',
      'the c\u2003a\u00a0t sleeps',
      'see\u3000cat',
    ]) {
      assert.ok(holds(disguised, 'cat'), JSON.stringify(disguised));
    }
    assert.ok(holds('STRASSE', 'straße'));
  });

  it('of several words is found side by side, however far apart they are typed', () => {
    assert.ok(holds('an Ugly\n\n  cat', 'ugly cat'));
    assert.ok(!holds('an ugly old cat', 'ugly cat'));
  });

  it('of single letters is no trap for short words', () => {
    assert.ok(!holds('plan a b', 'ab'));
    assert.ok(holds('x', 'x'));
  });

  it('is found inside of scripts that write no spaces', () => {
    assert.ok(holds('赤い猫が走る', '猫'));
    assert.ok(!holds('赤い犬が走る', '猫'));
  });

  it('without a letter or digit is none', () => {
    assert.equal(normalTerm('\u200b ,.- 🙂'), '');
  });
});
