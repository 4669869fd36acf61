/** Forms: opened by a command without a prompt or by Change, and what comes back from them. */
import type { Changes, Offer } from '../jobs/actions.ts';
import type { Basis } from '../jobs/basis.ts';
import type { Requester } from '../jobs/job.ts';
import type { Model } from '../jobs/model.ts';
import type { Wish } from '../jobs/request.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import { pictureOf } from './incoming/attachments.ts';
import type { Command, Press, Submit } from './incoming/interaction.ts';
import { offerMessage } from './offers.ts';
import {
  chosenBefore,
  type FormPlan,
  formMessage,
  lastFrameAlone,
  priceMark,
} from './text/form.ts';
import {
  type Filled,
  type FormOf,
  field,
  type How,
  parseFormId,
  readForm,
} from './text/formFields.ts';
import { type Words, wordsFor, wordsOf } from './text/words.ts';
import { placeOf, type WaysOut } from './waysOut.ts';

export interface FormParts extends HandlerParts {
  /** What is offered in a server, or outside of all. */
  readonly models: (guildId: string | null) => readonly Model[];
  readonly waysOut: WaysOut;
}

export interface Forms {
  /** With what was typed already. */
  openNew(command: Command, wish: Wish): Promise<void>;
  /** Filled with the video's own settings. */
  openOfJob(press: Press, jobId: string): Promise<void>;
  /** Filled with a wish that was not taken. */
  openOfDraft(press: Press, draftId: string): Promise<void>;
  submit(submit: Submit): Promise<void>;
}

/** What a form is filled with, and what may be made besides a new video. */
interface Source {
  readonly wish: Wish;
  readonly changes: Changes | null;
}

export function createForms(parts: FormParts): Forms {
  const { actions, answers, adminUserIds, models, waysOut } = parts;

  async function open(
    interaction: Command | Press,
    of: FormOf,
    { wish, changes }: Source,
  ): Promise<void> {
    const offered = models(interaction.reply.guildId);
    if (offered.length === 0)
      return answers.privately(interaction, wordsOf(interaction).refusal.noModels);
    const plan = planOf(of, { wish, changes }, offered, wordsOf(interaction));
    await answers.openForm(interaction, formMessage(plan));
  }

  /** Of a form that was sent. A word: why there is none. */
  async function sourceOf(of: FormOf, by: Requester): Promise<Source | string> {
    const { answer } = wordsFor(by.locale);
    switch (of.kind) {
      case 'new':
        return { wish: { prompt: '' }, changes: null };
      case 'job': {
        const changes = await actions.changesOf(of.id);
        if (changes === null) return answer.noSuchVideo;
        const { basis } = changes.job.request;
        // Of a change that came to nothing: what it was to be is chosen already.
        const isOfItsBasis = basis !== null && basis.jobId === changes.clip?.jobId;
        return { wish: { ...changes.anew, ...(isOfItsBasis && { basis }) }, changes };
      }
      case 'draft': {
        const draft = await actions.draft(of.id);
        if (draft === null) return answer.noSuchDraft;
        if (draft.userId !== by.userId) return answer.notYoursToStart;
        const { wish } = draft;
        // A wish for a video of its own is not offered to become a change of another.
        if (wish.basis === undefined || wish.of === undefined) return { wish, changes: null };
        const changes = await actions.changesOf(wish.of);
        // A new one in its place begins with the settings of the first.
        return { wish: { ...changes?.anew, ...wish }, changes };
      }
      default:
        return of satisfies never;
    }
  }

  async function openOf(press: Press, of: FormOf): Promise<void> {
    const source = await sourceOf(of, press.requester);
    if (typeof source === 'string') return answers.privately(press, source);
    await open(press, of, source);
  }

  async function submit(sent: Submit): Promise<void> {
    const words = wordsOf(sent);
    const id = parseFormId(sent.customId);
    if (id === null) return answers.privately(sent, words.answer.oldForm);
    const filled = readForm(sent.fields);
    if (filled === null) return answers.privately(sent, words.answer.notUnderstood);
    const { requester, reply } = sent;
    const offered = models(reply.guildId);
    const source = await sourceOf(id.of, requester);
    if (typeof source === 'string') return answers.privately(sent, source);
    const chosen = wishOf(filled, source);
    // It was to be made of a clip whose job is not known any more.
    if (chosen === null) return answers.privately(sent, words.answer.noSuchVideo);
    const wish = inPicturesForm(withUploads(chosen, sent), source.wish, offered);
    const who = { ...requester, ...placeOf(reply) };
    const plan = planOf(id.of, source, offered, words);
    const note = noteOn(sent, plan, id.mark, filled.how);
    if (note !== null) {
      const quoted = await actions.quote(wish, reply, actorOf(requester, adminUserIds));
      const message =
        quoted.kind === 'refused' ? await waysOut(quoted, who) : offerMessage(quoted, words, note);
      return answers.privately(sent, message);
    }
    const origin = `interaction:${sent.id}`;
    const result = await actions.ask({ origin, wish, requester, reply }, (job) =>
      answers.takeWithNewMessage(sent, job),
    );
    if (result.kind === 'refused') await answers.privately(sent, await waysOut(result, who));
    // The same form twice: its video is on its way.
    if (result.kind === 'known') await answers.privately(sent, words.answer.startedBefore);
  }

  return {
    async openNew(command, wish) {
      // What the form does not ask has to outlast it.
      const isMore = wish.private === true || (wish.pictures?.length ?? 0) > 0;
      const of: FormOf = isMore
        ? { kind: 'draft', id: (await actions.keep(wish, command.requester.userId)).id }
        : { kind: 'new' };
      await open(command, of, { wish, changes: null });
    },
    openOfJob: (press, id) => openOf(press, { kind: 'job', id }),
    openOfDraft: (press, id) => openOf(press, { kind: 'draft', id }),
    submit,
  };
}

function planOf(
  of: FormOf,
  { wish, changes }: Source,
  models: readonly Model[],
  words: Words,
): FormPlan {
  return { of, wish, models, words, ...offersIn(changes) };
}

/** What has to be said, and pressed once more, before it is paid for; null: it is clear. */
function noteOn({ fields }: Submit, plan: FormPlan, mark: string, how: How): string | null {
  const { offer } = plan.words;
  // What it said about prices does not hold any more.
  if (priceMark(plan) !== mark) return offer.pricesChanged;
  if (how === 'anew') return null;
  const isChosen = [...chosenBefore(plan)].some(([name, before]) => {
    const now = fields.get(name);
    return now !== undefined && [now].flat()[0] !== before;
  });
  return isChosen ? offer.chosenForNew : null;
}

/** New pictures take the place of those that were there; a last frame alone gets its first one. */
function withUploads(wish: Wish, { attachments }: Submit): Wish {
  const uploaded = attachments.get(field.pictures) ?? [];
  if (uploaded.length === 0 || wish.basis !== undefined) return wish;
  const role = uploaded.length === 1 ? 'first frame' : 'reference';
  const sent = uploaded.map((one) => pictureOf(role, one, one.url));
  const before = lastFrameAlone(wish) && sent.length === 1 ? (wish.pictures ?? []) : [];
  return { ...wish, pictures: [...sent, ...before] };
}

/**
 * The form always names a shape: its usual one leaves it to the picture, where another was not chosen
 * before.
 */
function inPicturesForm(wish: Wish, before: Wish, models: readonly Model[]): Wish {
  const { aspectRatio, ...rest } = wish;
  if (wish.basis !== undefined || (wish.pictures?.length ?? 0) === 0) return wish;
  const model = models.find(({ id }) => id === wish.modelId) ?? models[0];
  const areNew = wish.pictures !== before.pictures;
  const isOpen = areNew || before.aspectRatio === undefined;
  return isOpen && aspectRatio === model?.aspectRatios[0] ? rest : wish;
}

function offersIn(changes: Changes | null): { edit: Offer | null; extend: Offer | null } {
  return { edit: changes?.edit ?? null, extend: changes?.extend ?? null };
}

function wishOf({ prompt, how, wish: chosen }: Filled, { wish, changes }: Source): Wish | null {
  const { basis: before, shownMicroUsd: _shown, draft: _draft, ...base } = wish;
  const clip = changes?.clip ?? null;
  if (how !== 'anew') {
    if (clip === null) return null;
    const { edit, extend } = changes ?? {};
    const offered = how === 'edit' ? edit : extend;
    const basis: Basis = { ...clip, kind: how };
    const seconds = how === 'extend' ? offered?.request.seconds : undefined;
    return {
      ...{ prompt, modelId: clip.modelId, basis, of: clip.jobId },
      ...(base.private === true && { private: true }),
      ...(seconds === undefined ? {} : { seconds }),
    };
  }
  // A draft's resolution in full is the one of before, which the form does not ask again.
  const full = before === undefined && chosen.draft === true && wish.resolution !== undefined;
  const { resolution: _resolution, ...rest } = base;
  return { ...rest, ...chosen, prompt, ...(full && { resolution: wish.resolution ?? '' }) };
}
