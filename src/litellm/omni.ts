/**
 * The `omni` protocol: interactions, in the background and stored.
 * Source: recorded exchanges with the live API, 2026-10, and Google's SDKs of 2026-11.
 */
import type { JobIn } from '../jobs/job.ts';
import type { Usage } from '../jobs/model.ts';
import { keptIn } from '../jobs/pictures.ts';
import type { Look } from '../jobs/ports/service.ts';
import type { VideoRequest } from '../jobs/request.ts';
import { PictureData } from './body.ts';
import { count, list, object, text } from './loose.ts';
import { clipOf, formatOf } from './omniBasis.ts';
import {
  type About,
  type Found,
  type FoundVideo,
  type ProtocolSpoken,
  plain,
  segment,
  videoIn,
} from './protocol.ts';
import { taggedPrompt } from './tags.ts';

export const omni: ProtocolSpoken = {
  name: 'omni',
  submit: (job, webhook) => ({ path: 'interactions', body: body(job, webhook) }),
  nameIn: (answer) => {
    const id = text(object(answer)?.id);
    return id !== null && segment(id) !== null ? id : null;
  },
  nameFrom: (told) => told,
  isOf,
  lookPath: (name) => path(name, ''),
  cancelPath: (name) => path(name, '/cancel'),
  read,
  inlineKeys: new Set(['data']),
};

function path(id: string, behind: string): string | null {
  const encoded = segment(id);
  return encoded === null ? null : `interactions/${encoded}${behind}`;
}

function body({ id, request }: JobIn<'submitting'>, webhook: string | null): unknown {
  return {
    model: request.modelId,
    input: inputOf(request),
    // Without it the paid call blocks until the video is done, and its answer is easily lost.
    background: true,
    store: true,
    response_format: {
      type: 'video',
      delivery: 'uri',
      ...formatOf(request),
    },
    ...clipOf(request),
    // The label comes back with every look: it tells whose an interaction is that a webhook names.
    ...(webhook !== null && { webhook_config: { uris: [webhook] }, labels: { job: id } }),
  };
}

/** Pictures first, the text that says what they mean last. */
function inputOf({ prompt, pictures }: VideoRequest): unknown {
  const words = taggedPrompt(prompt, pictures);
  if (pictures.length === 0) return words;
  return [
    ...keptIn(pictures).map(({ mimeType }, index) => ({
      type: 'image',
      data: new PictureData(index),
      mime_type: mimeType,
    })),
    { type: 'text', text: words },
  ];
}

/**
 * By the label where there is one, else by the prompt: every look repeats the input (recorded), and
 * labels are echoed (Google's SDK).
 */
function isOf(answer: unknown, { name, jobId, request }: About): boolean {
  const top = object(answer) ?? {};
  if (text(top.id) !== name) return false;
  const label = text(object(top.labels)?.job);
  if (label !== null) return label === jobId;
  const asked = list(top.steps)
    .map(object)
    .filter((step) => step?.type === 'user_input')
    .flatMap((step) => list(step?.content))
    .map((part) => text(object(part)?.text));
  return asked.includes(taggedPrompt(request.prompt, request.pictures));
}

// Any other word, also one we do not know, means: not at its end.
const ends = new Set([
  'completed',
  'failed',
  'cancelled',
  'incomplete',
  'budget_exceeded',
  'requires_action',
  'requires_continuation',
]);

function read(answer: unknown): Found {
  const top = object(answer) ?? {};
  const status = (text(top.status) ?? '').toLowerCase();
  if (!ends.has(status)) return plain({ kind: 'running' });
  if (status === 'cancelled') return plain({ kind: 'cancelled' });
  const outputs = list(top.steps)
    .map(object)
    .filter((step) => step !== null && step.type === 'model_output');
  const usage = usageIn(top.usage);
  const video = lastVideo(outputs);
  if (video !== null) {
    const answeredBy = text(top.model)?.replace(/^models\//, '') ?? null;
    const look: Look = { kind: 'done', source: video.source, usage, answeredBy };
    return { look, inline: video.inline };
  }
  return plain(withoutVideo(status, top, outputs, usage));
}

type Json = Record<string, unknown>;

/** The last one in the last output that has one; input echoed back is in other steps. */
function lastVideo(outputs: readonly (Json | null)[]): FoundVideo | null {
  for (const output of outputs.toReversed()) {
    for (const part of list(output?.content).map(object).toReversed()) {
      const isVideo = part?.type === 'video' || /^video\//.test(text(part?.mime_type) ?? '');
      if (part === null || !isVideo) continue;
      const video = videoIn(text(part.uri), text(part.data));
      if (video !== null) return video;
    }
  }
  return null;
}

function withoutVideo(
  status: string,
  top: Json,
  outputs: readonly (Json | null)[],
  usage: Usage | null,
): Look {
  const error = errorIn(top, outputs);
  if (status === 'failed') return { kind: 'failed', ...error, usage };
  // Video tokens are paid for: it exists, we only cannot find it.
  if (usage !== null && usage.videoTokens > 0) return { kind: 'not understood', usage };
  if (hasUnreadVideo(outputs)) return { kind: 'not understood', usage };
  const said = textIn(outputs);
  if (status === 'completed' && said !== '') return { kind: 'declined', said, usage };
  return {
    kind: 'failed',
    said: error.said ?? (said === '' ? null : said),
    code: error.code ?? (status === 'completed' ? null : status),
    usage,
  };
}

function hasUnreadVideo(outputs: readonly (Json | null)[]): boolean {
  return outputs.some((output) => list(output?.content).some((c) => object(c)?.type === 'video'));
}

function textIn(outputs: readonly (Json | null)[]): string {
  return outputs
    .flatMap((output) => list(output?.content))
    .map((part) => text(object(part)?.text)?.trim() ?? '')
    .filter((said) => said !== '')
    .join('\n');
}

/** Four places can explain a failure; the shape of none was ever recorded. */
function errorIn(
  top: Json,
  outputs: readonly (Json | null)[],
): { said: string | null; code: string | null } {
  const event = object(top.event)?.error;
  const all = [...list(top.errors), ...outputs.map((o) => o?.error), top.error, event];
  for (const one of all) {
    if (typeof one === 'string' && one !== '') return { said: one, code: null };
    const error = object(one);
    if (error === null) continue;
    const said = text(error.message);
    const code = text(error.code) ?? count(error.code)?.toString() ?? text(error.status);
    if (said !== null || code !== null) return { said, code };
  }
  return { said: null, code: null };
}

function usageIn(value: unknown): Usage | null {
  const usage = object(value);
  if (usage === null) return null;
  const output = count(usage.total_output_tokens);
  const input = count(usage.total_input_tokens);
  const thoughts = count(usage.total_thought_tokens);
  let videoTokens = 0;
  let otherTokens = 0;
  for (const entry of list(usage.output_tokens_by_modality).map(object)) {
    const tokens = count(entry?.tokens) ?? 0;
    if (text(entry?.modality)?.toLowerCase() === 'video') videoTokens += tokens;
    else otherTokens += tokens;
  }
  if (output === null && input === null && thoughts === null && videoTokens === 0) return null;
  // The listed modalities do not add up to the total; the rest is billed as text.
  const textTokens = Math.max(0, output === null ? otherTokens : output - videoTokens);
  return { inputTokens: input ?? 0, textTokens: textTokens + (thoughts ?? 0), videoTokens };
}
