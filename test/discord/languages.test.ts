/** What members read, in every language: nothing missing, nothing English left, nothing too long. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandsFor } from '../../src/discord/commands/payload.ts';
import { askedToForget, forgotten } from '../../src/discord/text/forgetting.ts';
import { formMessage } from '../../src/discord/text/form.ts';
import { helpText } from '../../src/discord/text/help.ts';
import { jobMessage } from '../../src/discord/text/job.ts';
import { en } from '../../src/discord/text/words/en.ts';
import { translations, type Words, wordsFor } from '../../src/discord/text/words.ts';
import type { Job } from '../../src/jobs/job.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { sampleRequest } from '../jobs/samples.ts';
import { asSeen, everyPicture } from './pictures.ts';
import { veo } from './running.ts';

const builtIn = loadCatalogue({ ids: null, file: null });
assert.ok('models' in builtIn);
const { models } = builtIn;

const languages = translations.map(({ locales, words }) => ({ locale: locales[0] ?? '', words }));
const all = [{ locale: 'en-US', words: en as Words }, ...languages];

/** What is put into a sentence, as it can be found again; also where a number is asked for. */
const MARKS = ['⟦1⟧', '⟦2⟧', '⟦3⟧', '⟦4⟧', '⟦5⟧'];

/** Every text by its path, e.g. `job.waitingBehind`, with the marks put into it. */
function textsOf(words: Words): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'function') texts.set(path, String(value(...MARKS)));
    else if (value !== null) {
      for (const [key, part] of Object.entries(value as object)) {
        walk(part, path === '' ? key : `${path}.${key}`);
      }
    }
  };
  const { grammar: _grammar, ...rest } = words;
  walk(rest, '');
  return texts;
}

const english = textsOf(en);

/** The same in some languages: forms without words, or a word that they share with English. */
const mayBeEnglish = new Set([
  ...['job.ended', 'job.endedSaying', 'form.secondsAndShape', 'help.prices', 'list.ofMoney'],
  ...['form.prompt', 'command.prompt.name', 'facts.altText', 'facts.altTextOf', 'list.left'],
]);

/** How each language says that nothing was charged, in a sentence or within a line. */
const nothingCharged: Readonly<Record<string, RegExp>> = {
  de: /nichts (?:wird )?(?:noch einmal |zweimal )?berechnet/i,
  fr: /rien (?:n’est |n’a été )?facturé/i,
  'es-ES': /no se (?:cobra|cobró) nada|nada se cobra/i,
  'pt-BR': /nada (?:foi |é )?cobrado/i,
  ja: /課金されていません|課金はされていない|課金されません|課金されることはありません/,
};

/** The three words about money, as small as they stand in all of their forms. */
const onePhrase: Readonly<Record<string, readonly [not: string, charged: string, maybe: string]>> =
  {
    'en-US': ['not charged', 'charged', 'may have been charged'],
    de: ['nicht berechnet', 'berechnet', 'möglicherweise berechnet'],
    fr: ['non facturé', 'facturé', 'peut-être facturé'],
    'es-ES': ['no cobrado', 'cobrado', 'quizá cobrado'],
    'pt-BR': ['não cobrado', 'cobrado', 'talvez cobrado'],
    ja: ['課金されていません', '課金されました', '課金された可能性があります'],
  };

/** Where more is charged, or may be, than the words about nothing say. */
const chargeWordings = (words: Words) => {
  const { charge } = words;
  return [charge.not, charge.charged('$1'), charge.maybe('$1')];
};

describe('the words of a language', () => {
  for (const { locale, words } of languages) {
    it(`${locale}: say all that the English ones say`, () => {
      const texts = textsOf(words);
      assert.deepEqual([...texts.keys()].toSorted(), [...english.keys()].toSorted());
      for (const [path, text] of english) {
        const theirs = texts.get(path) ?? '';
        assert.notEqual(theirs.trim(), '', path);
        if (!mayBeEnglish.has(path)) assert.notEqual(theirs, text, `${path} is English`);
        for (const mark of MARKS.filter((one) => text.includes(one))) {
          assert.ok(theirs.includes(mark), `${path} leaves out ${mark}: ${theirs}`);
        }
        const signs = /^\p{Extended_Pictographic}/u.exec(text)?.[0];
        if (signs !== undefined) assert.ok(theirs.startsWith(signs), `${path} begins otherwise`);
      }
    });

    it(`${locale}: say that nothing is charged wherever the English ones do`, () => {
      const said = nothingCharged[locale];
      assert.ok(said !== undefined);
      const texts = textsOf(words);
      for (const [path, text] of english) {
        if (!/nothing (?:is |was )?charged/i.test(text)) continue;
        assert.match(texts.get(path) ?? '', said, path);
      }
    });
  }

  for (const { locale, words } of all) {
    it(`${locale}: say each kind of charge in one phrase, on a line, in a sentence and in the help`, () => {
      const { charge, help } = words;
      const [not, charged, maybe] = onePhrase[locale] ?? [];
      const said = [
        [not, charge.not, charge.saidNot],
        [charged, charge.charged('$1'), charge.saidCharged('$1')],
        [maybe, charge.maybe('$1'), charge.saidMaybe('$1')],
      ] as const;
      for (const [phrase, ...texts] of said) {
        assert.ok(phrase !== undefined);
        for (const text of [...texts, help.charges]) {
          assert.ok(text.toLowerCase().includes(phrase), `"${phrase}" is not in: ${text}`);
        }
      }
    });

    it(`${locale}: keep the three kinds of charge apart`, () => {
      const wordings = chargeWordings(words);
      assert.equal(new Set(wordings).size, 3);
      const [not = '', charged = '', maybe = ''] = wordings;
      assert.ok(!maybe.includes(not) && !charged.includes(not));
      assert.ok(!maybe.includes(charged), 'what may have been charged does not read as charged');
      for (const text of [charged, maybe, words.charge.saidCharged('$1')]) {
        assert.ok(text.includes('$1'));
      }
    });

    it(`${locale}: join lists and count`, () => {
      const { either, count, sentences } = words.grammar;
      assert.equal(either(['4']), '4');
      assert.match(either(['4', '6', '8']), /^4\D+6\D+8$/);
      assert.match(count(12_345), /^12\D?345$/);
      assert.match(sentences(['a.', 'b.']), /^a\. ?b\.$/);
    });
  }

  it('are chosen by Discord’s locale; whoever reads another language reads English', () => {
    assert.equal(wordsFor('de').button.cancel, 'Abbrechen');
    assert.equal(wordsFor('es-419'), wordsFor('es-ES'));
    for (const other of ['en-GB', 'sv-SE', 'pt-PT', '', 'constructor', null]) {
      assert.equal(wordsFor(other), en);
    }
  });
});

describe('an answer that something is not done', () => {
  const answers = [...english].filter(([path]) => /^(?:refusal|answer)\./.test(path));

  it('says whether it cost anything', () => {
    const silent = answers.filter(([, text]) => !/charge|costs/.test(text)).map(([path]) => path);
    assert.deepEqual(
      silent.filter((path) => !/^refusal\.(?:usedUpWhat|kept)/.test(path)),
      [
        // Stands behind one that says it.
        'refusal.stranger.limit',
        // Nothing was refused: it goes on, or is there already.
        ...['stillBeingMade', 'stillInTheMaking', 'deliveredAlready'].map((key) => `answer.${key}`),
        // Nobody knows; the message does.
        'answer.brokeWhilePressing',
      ],
    );
  });

  it('says what to do now, in words or by the buttons under it', () => {
    const ending = answers.filter(([, text]) => /othing charged\.$/.test(text));
    assert.deepEqual(
      ending.map(([path]) => path),
      [
        'refusal.emptyPrompt', // says it before
        // Under these stand "Change" and, where one is near, the wish that is taken: see waysOut.ts.
        ...['refusal.notMade', 'refusal.needsSeconds', 'refusal.noDraft'],
        ...['first frame', 'last frame', 'reference'].map(
          (role) => `refusal.secondsForPictures.${role}`,
        ),
        'answer.noLinks', // says it before
      ],
    );
  });
});

describe('what is shown', () => {
  for (const { locale, words } of all) {
    const inLanguage = (job: Job): Job => ({ ...job, requester: { ...job.requester, locale } });

    it(`${locale}: reads as agreed`, (t) => {
      if (locale === 'en-US') return;
      const told = [...everyPicture()].map(
        ([name, job]) => `── ${name}\n${asSeen(jobMessage(inLanguage(job)))}\n`,
      );
      told.push(`── help\n${helpText(models, words, 'https://privacy.example/bot')}\n`);
      const path = join(import.meta.dirname, 'snapshots', `language-${locale}.txt`);
      t.assert.fileSnapshot(told.join('\n'), path, { serializers: [String] });
    });

    it(`${locale}: fits into Discord’s messages, buttons and forms`, () => {
      const long = sampleRequest({ prompt: 'x'.repeat(4_000), modelName: 'M'.repeat(100) });
      for (const [name, job] of everyPicture()) {
        for (const one of [job, { ...job, request: { ...job.request, prompt: long.prompt } }]) {
          const { content, components } = jobMessage(inLanguage(one as Job));
          assert.ok(content.length <= 2_000, `${name}: ${content.length}`);
          for (const { components: buttons } of components) {
            assert.ok(buttons.length <= 5);
            for (const { label = '' } of buttons) assert.ok(label.length <= 80 && !/…/.test(label));
          }
        }
      }
      for (const [path, text] of textsOf(words)) {
        if (path.startsWith('button.')) assert.ok(text.length <= 40, `${path}: ${text}`);
        else assert.ok(text.length <= 1_500, path);
      }
      const many = Array.from({ length: 40 }, () => ({ ...veo, name: 'M'.repeat(300) }));
      const help = helpText(many, words, `https://example.org/${'p'.repeat(100)}`);
      assert.ok(help.length <= 2_000, `the help has ${help.length}`);
      for (const body of [
        askedToForget(words),
        forgotten({ videos: 12_000, jobs: 12_000, running: 300 }, words),
      ]) {
        assert.ok(body.content.length <= 2_000);
      }
      const offer = { wish: { prompt: 'a cat' }, request: sampleRequest() };
      for (const clip of [null, offer]) {
        const { title, components } = formMessage({
          ...{ of: { kind: 'new' }, models, words, wish: {}, edit: clip, extend: clip },
        });
        assert.ok(title.length <= 45);
        for (const label of components) {
          assert.ok(label.type === 18 && label.label.length <= 45, JSON.stringify(label));
          assert.ok((label.description ?? '').length <= 100);
          if (label.component.type !== 3) continue;
          for (const option of label.component.options ?? []) {
            assert.ok(option.label.length <= 100 && (option.description ?? '').length <= 100);
          }
        }
      }
    });
  }
});

describe('the commands', () => {
  type Part = {
    readonly name: string;
    readonly type?: number;
    readonly options?: readonly Part[];
    readonly choices?: readonly Part[];
    readonly name_localizations?: Readonly<Record<string, string>>;
    readonly description_localizations?: Readonly<Record<string, string>>;
  };
  const locales = translations.flatMap((one) => one.locales);
  /** Source: Discord's documentation of application command naming, 2026-08. */
  const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
  const [veoCommand, videos, help, , animate, report] = commandsFor(models) as Part[];

  it('have their options named and described in every language, and each name once', () => {
    for (const command of [veoCommand, videos, help]) {
      assert.deepEqual(Object.keys(command?.description_localizations ?? {}), locales);
    }
    for (const command of [animate, report]) {
      assert.deepEqual(Object.keys(command?.name_localizations ?? {}), locales);
    }
    for (const locale of locales) {
      const names = (veoCommand?.options ?? []).map((option) => {
        const name = option.name_localizations?.[locale] ?? '';
        const description = option.description_localizations?.[locale] ?? '';
        assert.match(name, slashName, `${option.name} in ${locale}`);
        assert.equal(name, name.toLowerCase());
        assert.ok(description.length >= 1 && description.length <= 100, description);
        for (const choice of option.choices ?? []) {
          assert.ok((choice.name_localizations?.[locale] ?? choice.name).length <= 100);
        }
        return name;
      });
      assert.equal(new Set(names).size, names.length, names.join());
    }
  });
});

describe('the texts', () => {
  it('that members read stand in the words and nowhere else', async () => {
    const folder = join(import.meta.dirname, '../../src/discord/text');
    const files = (await readdir(folder)).filter((name) => /^(?!admin).*\.ts$/.test(name));
    assert.ok(files.length > 10);
    for (const name of files) {
      const code = (await readFile(join(folder, name), 'utf8'))
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .replaceAll(/^import .*$/gm, '');
      const said = code.match(/(['"`])[^'"`\n]*[A-Z][a-z]+ [a-z]+[^'"`\n]*\1/g) ?? [];
      assert.deepEqual(said, [], name);
    }
  });
});
