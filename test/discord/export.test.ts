/** `/veo-admin export`: what stands in the file, and who gets it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { exported } from '../../src/discord/admins/exporting.ts';
import type { AccountLine } from '../../src/jobs/money/accounts.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import { csvHead, csvLine } from '../../src/jobs/money/csv.ts';
import { dayNamed, lastMonths, monthNamed } from '../../src/jobs/money/dates.ts';
import { states } from '../../src/jobs/states.ts';
import { bringTo, NOON, sampleReply, sampleRequest, utc } from '../jobs/samples.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { withAdmins } from './asAdmin.ts';

const line: AccountLine = {
  ...{ id: '8f3kq2z1', askedAt: NOON, userId: '11', guildId: null, channelId: '13' },
  ...{ modelId: 'omni', seconds: 8, resolution: '720p', state: 'delivered', reason: null },
  ...{ priceMicroUsd: 560_000, reservedMicroUsd: 0, chargedMicroUsd: 571_003 },
  ...{ maybeMicroUsd: 0, givenBack: false, basis: 'reported', prompt: 'a cat' },
};

/** A reader of its own, by the letter of RFC 4180. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  let at = 0;
  for (const found of csv.matchAll(cell)) {
    assert.equal(found.index, at, 'not by the form');
    at += found[0].length;
    const raw = found[1] ?? '';
    const text = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
    rows.at(-1)?.push(text);
    if (found[2] === '\r\n') rows.push([]);
  }
  assert.equal(at, csv.length, 'not by the form to its end');
  rows.pop();
  return rows;
}

function fileOf(message: Message): { name: string; text: string } {
  const [file] = message.attachments;
  assert.ok(file, message.content);
  return { name: file.filename, text: Buffer.from(file.bytes).toString() };
}

async function* many(count: number, more: Partial<AccountLine> = {}) {
  for (let i = 0; i < count; i += 1) yield { ...line, ...more, id: String(i).padStart(8, '0') };
}

describe('the accounts as CSV', () => {
  it('have a line for each job, exact to the micro-dollar', () => {
    assert.deepEqual(
      read(
        csvHead({ prompts: false, calendar: utc }) +
          csvLine(line, { prompts: false, calendar: utc }),
      ),
      [
        [
          ...['id', 'asked_at', 'day', 'member_id', 'server_id', 'channel_id', 'model'],
          ...[
            'seconds',
            'resolution',
            'state',
            'reason',
            'price_usd',
            'reserved_usd',
            'charged_usd',
          ],
          ...['maybe_charged_usd', 'basis'],
        ],
        [
          ...[
            '8f3kq2z1',
            '2026-11-10T12:00:00.000Z',
            '2026-11-10',
            '11',
            '',
            '13',
            'omni',
            '8',
            '720p',
          ],
          ...['delivered', '', '0.560000', '0.000000', '0.571003', '0.000000', 'reported'],
        ],
      ],
    );
  });

  it('name the day of the zone that is set', () => {
    const late = { ...line, askedAt: Date.UTC(2026, 10, 10, 23, 30) };
    const dayIn = (calendar: Calendar) => read(csvLine(late, { prompts: false, calendar }))[0]?.[2];
    assert.equal(dayIn(utc), '2026-11-10');
    assert.equal(dayIn(new Calendar('Europe/Berlin')), '2026-11-11');
  });

  it('come back as they were written, and never begin like a formula', () => {
    const parts = ['=', '+', '-', '@', ';', '\t', '\r', '\n', ' ', '"', ',', 'a', '＝', "'"];
    const nasty = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(nasty, nasty, (prompt, modelId) => {
        const how = { prompts: true, calendar: utc };
        const [cells = []] = read(csvLine({ ...line, prompt, modelId }, how));
        for (const [text, typed] of [
          [cells.at(-1) ?? '', prompt],
          [cells[6] ?? '', modelId],
        ] as const) {
          assert.equal(text.replaceAll("'", ''), typed.replaceAll("'", ''));
          assert.doesNotMatch(text, /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
          // As a program reads it that separates by semicolons and ends a cell at any of these.
          for (const part of text.split(/[;\t\r\n]/).slice(1)) {
            assert.doesNotMatch(part, /^["\s]*[=+\-@＝＋－＠]/);
          }
        }
      }),
    );
  });

  it('are squeezed where they are too large, and left out where that does not help', async () => {
    const how = { prompts: true, calendar: utc, maxBytes: 100_000 };
    const small = await exported(many(10), how);
    assert.equal(small.file?.kind, 'csv');
    const large = await exported(many(2_000), how);
    assert.equal(large.file?.kind, 'csv.gz');
    const rows = read(gunzipSync(large.file.bytes).toString());
    assert.equal(rows.length, 2_001);
    assert.deepEqual([large.jobs, large.chargedMicroUsd], [2_000, 2_000 * 571_003]);
    const noise = Array.from({ length: 200_000 }, () => Math.random().toString(36)[2]).join('');
    assert.equal((await exported(many(1, { prompt: noise }), how)).file, null);
  });

  it('are of the months and days that there are', () => {
    const month = { sinceAt: Date.UTC(2026, 1, 1), untilAt: Date.UTC(2026, 2, 1) };
    assert.deepEqual(monthNamed('2026-02', utc), month);
    const day = { sinceAt: Date.UTC(2028, 1, 29), untilAt: Date.UTC(2028, 2, 1) };
    assert.deepEqual(dayNamed('2028-02-29', utc), day);
    for (const text of ['2026-13', '2026-00', '2026-1', '1026-01', '2026-02-01', '']) {
      assert.equal(monthNamed(text, utc), null, text);
    }
    for (const text of ['2026-02-29', '2026-11-31', '2026-11-00', '2026-11', '2026-11-1']) {
      assert.equal(dayNamed(text, utc), null, text);
    }
    assert.deepEqual(lastMonths(Date.UTC(2026, 2, 31), 3, utc), ['2026-03', '2026-02', '2026-01']);
  });
});

describe('/veo-admin export', () => {
  it('gives the bot’s admin every job, with the sums of the ledger and no prompt unless asked', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const request = sampleRequest({ prompt: '=cmd|calc' });
    for (const state of states) await bringTo(at.store, state, { request });
    const answer = await with_.asks(admin, 'export', { month: '2026-11' });
    const { name, text } = fileOf(answer);
    assert.equal(name, 'videos-2026-11.csv');
    const [head = [], ...rows] = read(text);
    assert.equal(rows.length, states.length);
    assert.doesNotMatch(text, /cmd/);
    const sum = (column: string): number =>
      rows.reduce((all, row) => all + Math.round(Number(row[head.indexOf(column)]) * 1e6), 0);
    const { month } = await at.store.overview({ dayAt: 0, monthAt: 0 });
    assert.deepEqual(
      [sum('charged_usd'), sum('maybe_charged_usd'), sum('reserved_usd')],
      [month.chargedMicroUsd, month.maybeMicroUsd, month.reservedMicroUsd],
    );
    assert.match(
      answer.content,
      /^🧾 14 requests of the whole bot, 2026-11: \$\d+\.\d\d charged ·/,
    );
    const whole = await with_.asks(admin, 'export', { month: '2026-11', prompts: 'yes' });
    assert.match(fileOf(whole).text, /,'=cmd\|calc\r\n/);
    assert.match(whole.content, /keep it to yourself/);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('gives the admin of a server that server alone, and never prompts', async () => {
    await using with_ = await withAdmins();
    const { at, owner, member } = with_;
    const reply = sampleReply({ guildId: at.server.id });
    const { id } = await bringTo(at.store, 'delivered', { reply });
    await bringTo(at.store, 'delivered');
    for (const options of [{}, { of: 'whole bot' }]) {
      const days = { from: '2026-11-10', to: '2026-11-10', ...options };
      const answer = await with_.asks(owner, 'export', days);
      const { name, text } = fileOf(answer);
      assert.equal(name, 'videos-2026-11-10.csv');
      assert.deepEqual(
        read(text).map(([first]) => first),
        ['id', id],
      );
    }
    const refused = await with_.asks(owner, 'export', { prompts: 'yes' });
    assert.match(refused.content, /only for the admins of the bot/);
    assert.deepEqual(refused.attachments, []);
    assert.match(await with_.says(member, 'export'), /for the admins of this bot only/);
  });

  it('says what is wrong with a time, and when Discord does not take the file', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    assert.match(await with_.says(admin, 'export', { month: 'May' }), /"May" is no month/);
    assert.match(await with_.says(admin, 'export', { from: '2026-02-30' }), /is no day/);
    for (const options of [
      { to: '2026-11-01' },
      { month: '2026-11', from: '2026-11-01' },
      { from: '2026-11-02', to: '2026-11-01' },
    ]) {
      assert.match(await with_.says(admin, 'export', options), /Nothing was exported/);
    }
    at.channel.uploadLimitBytes = 100;
    at.channel.announcedUploadLimitBytes = 10_000_000;
    const answer = await with_.asks(admin, 'export', { from: '2026-11-01', to: '2026-11-30' });
    assert.match(answer.content, /0 requests .*\nIt is too large for this place/);
    assert.deepEqual(answer.attachments, []);
  });
});
