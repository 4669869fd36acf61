/** Each member reads their own language, whoever else is there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { running } from './running.ts';

describe('a member', () => {
  it('reads the video’s message in their own language, and others their answers in theirs', async () => {
    await using at = await running();
    const { server, channel, sandbox } = at;
    const dora = sandbox.createMember({ name: 'dora', in: server, locale: 'de' });
    const jun = sandbox.createMember({ name: 'jun', in: server, locale: 'ja' });
    const typed = await dora.types('/veo', { prompt: 'eine Katze' }, { in: channel });
    const message = await typed.reply();
    await at.show(await at.changed(({ state }) => state === 'queued'));
    await message.becomes(({ content }) => content.includes('Wartet auf den Start'));
    assert.match(message.content, /noch nichts berechnet/);
    assert.deepEqual(
      message.buttons.map(({ label }) => label),
      ['Abbrechen'],
    );
    const words = await (await jun.presses(message, 'Abbrechen')).nextFollowUp();
    assert.match(words.content, /頼んだ本人かボットの管理者だけです/);
    assert.ok(words.ephemeral);
    await dora.presses(message, 'Abbrechen');
    await message.becomes(({ content }) => content.includes('Vor dem Start abgebrochen'));
    assert.match(message.content, /Nicht berechnet\./);
    assert.deepEqual(sandbox.violations, []);
  });

  it('reads refusals, forms and lists in their own language', async () => {
    await using at = await running();
    const { server, channel, sandbox } = at;
    const luz = sandbox.createMember({ name: 'luz', in: server, locale: 'es-419' });
    const empty = await luz.types('/veo', { prompt: '   ' }, { in: channel });
    const refused = await empty.reply();
    assert.match(refused.content, /No se cobra nada/);
    const form = await (await luz.presses(refused, 'Cambiar')).form();
    assert.equal(form.title, 'Nuevo video');
    const list = await (await luz.types('/videos', {}, { in: channel })).reply();
    assert.match(list.content, /Todavía no tienes videos/);
    const help = await (await luz.types('/veo-help', {}, { in: channel })).reply();
    assert.match(help.content, /hace un video con tus palabras/);
    assert.deepEqual(sandbox.violations, []);
  });

  it('who writes a direct message is answered in the language of their newest video', async () => {
    await using at = await running();
    const { server, channel, sandbox } = at;
    const rui = sandbox.createMember({ name: 'rui', in: server, locale: 'pt-BR' });
    rui.dm.says('a fox');
    assert.match((await rui.dm.nextMessage()).content, /This makes a video/);
    await (await rui.types('/veo', { prompt: 'a fox' }, { in: channel })).reply();
    const job = await at.changed(({ state }) => state === 'queued');
    rui.dm.says('another fox');
    assert.match((await rui.dm.nextMessage()).content, /Isso faz um vídeo por \$0\.56/);
    // What was deleted is known no more.
    await at.actions.cancel(job.id, { userId: rui.id, isAdmin: false });
    await at.actions.forget(rui.id);
    rui.dm.says('a third one');
    assert.match((await rui.dm.nextMessage()).content, /This makes a video/);
  });
});
