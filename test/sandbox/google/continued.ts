import { omniLimits, videoTokens } from './catalogue.ts';
import type { Operation } from './operation.ts';
import type { Order } from './order.ts';
import { interactionsError } from './said.ts';
import { isObject, type Json, Refused } from './wire.ts';

const EXTENDS_BY = { least: 3, most: 10 } as const;
const CONTEXT_SECONDS = 10;
const MOST_TOTAL_SECONDS = 40;
const SHARPER = ['1080p', '4k'];

/**
 * What an order means that names an earlier interaction: its clip edited, made longer or made
 * sharper. Stricter than Google in places: length and form of an edit are refused, not ignored.
 * Throws Refused with the first mistake.
 *
 * Source: Google's documentation, 2026-09: nothing but the clip is taken over, an extension adds 3
 * to 10 s to at most 40 s in all and reads the last 10 s, an edit reads at most 10 s (15 s with 1.2).
 * Whether an extension comes whole or as its new part was not seen: here it is the part.
 */
export function continued(order: Order, earlier: Operation): Order {
  const { ending } = earlier;
  if (ending?.status !== 'completed' || ending.result !== 'video') {
    return refuse("'previous_interaction_id' names an interaction without a video.");
  }
  const made = ending.video.shape.seconds;
  const total = earlier.order.totalSeconds ?? made;
  const { resolution, aspect } = earlier.order;
  const format = isObject(order.body.response_format) ? order.body.response_format : {};
  const reads = (seconds: number) => ({
    ...order.inputTokens,
    video: videoTokens(seconds, resolution),
  });
  const task = taskOf(order.body);
  if (task === 'extend') {
    const { least, most } = EXTENDS_BY;
    if (order.seconds < least || order.seconds > most) {
      refuse(`The value '${order.seconds}s' is not supported for an extension.`);
    }
    const totalSeconds = total + order.seconds;
    if (totalSeconds > MOST_TOTAL_SECONDS) refuse('A video is at most 40 seconds long.');
    if (format.aspect_ratio !== aspect) refuse('An extension keeps the form of its clip.');
    return { ...order, totalSeconds, inputTokens: reads(Math.min(made, CONTEXT_SECONDS)) };
  }
  if (format.duration !== undefined) refuse("'response_format.duration' follows the clip.");
  if (format.aspect_ratio !== undefined) refuse("'response_format.aspect_ratio' follows the clip.");
  if (made > omniLimits(order.model).maxSeconds) refuse('The video is too long to be read.');
  if (task === 'upscale' && !SHARPER.includes(String(format.resolution))) {
    refuse("Task 'upscale' needs a resolution of '1080p' or '4k'.");
  }
  return { ...order, seconds: made, aspect, inputTokens: reads(made) };
}

function taskOf(body: Json): unknown {
  const config = isObject(body.generation_config) ? body.generation_config.video_config : undefined;
  return isObject(config) ? config.task : undefined;
}

function refuse(message: string): never {
  throw new Refused(interactionsError(message));
}
