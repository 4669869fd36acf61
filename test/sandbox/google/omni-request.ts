import {
  ASPECT_RATIOS,
  OMNI_DEFAULT_SECONDS,
  OMNI_MAX_IMAGES,
  omniLimits,
  RESOLUTIONS,
  videoTokens,
} from './catalogue.ts';
import type { Order } from './order.ts';
import {
  base64Bytes,
  pictureMistake,
  readWebhook,
  TOKENS_PER_PICTURE,
  textTokens,
  unknownName,
} from './pictures.ts';
import { interactionsError } from './said.ts';
import type { AspectRatio, Resolution } from './video-file.ts';
import { isObject, type Json, Refused } from './wire.ts';

/**
 * Reads the body of `POST /v1beta/interactions`, stricter than Google in places: a field that is
 * not in its schema is refused, and so is whatever the documentation calls unsupported.
 * Throws Refused with the first mistake.
 *
 * Source: recorded exchanges with the live API, 2026-10 (the aspect ratio's message among them);
 * Google's SDK and documentation, 2026-11. Other messages are worded after the recorded one.
 */
export function readOmniOrder(body: Json, model: string): Order {
  const unknown = unknownName(body, TOP_LEVEL);
  if (unknown !== undefined) {
    refuse(
      UNSUPPORTED.includes(unknown)
        ? `'${unknown}' is not supported by model '${model}'.`
        : `Unknown parameter '${unknown}'.`,
    );
  }
  const background = flag(body, 'background', false);
  const store = flag(body, 'store', true);
  if (background && !store) refuse("'store' must be true when 'background' is true.");
  if (flag(body, 'stream', false)) refuse('This stand-in does not stream.');
  oneOf(body.service_tier, 'service_tier', ['flex', 'standard', 'priority', 'deferred']);
  checkLabels(body.labels);
  const task = readTask(body.generation_config, model);

  const input = readInput(body.input);
  const continues = body.previous_interaction_id !== undefined;
  if (continues && typeof body.previous_interaction_id !== 'string') {
    refuse("Invalid input at 'previous_interaction_id'.");
  }
  checkFrameTags(input.prompt, input.images);
  const format = readFormat(body.response_format, model, input.prompt);
  if (task === 'image_to_video' && input.images === 0) {
    refuse("Task 'image_to_video' needs an image.");
  }
  if ((task === 'edit' || task === 'extend') && !continues && input.videos === 0) {
    refuse(`Task '${task}' needs a video or 'previous_interaction_id'.`);
  }
  const webhook =
    body.webhook_config === undefined
      ? undefined
      : readWebhook(body.webhook_config, 'user_metadata');
  if (typeof webhook === 'string') return refuse(`Invalid input at 'webhook_config': ${webhook}.`);
  return {
    protocol: 'omni',
    model,
    prompt: input.prompt,
    ...format,
    inputTokens: {
      text: textTokens(input.prompt),
      image: input.images * TOKENS_PER_PICTURE,
      video: input.videos * videoTokens(3, '720p'),
    },
    background,
    ...(webhook && { webhook }),
    body,
  };
}

const TOP_LEVEL = [
  'model',
  'input',
  'background',
  'response_format',
  'generation_config',
  'previous_interaction_id',
  'store',
  'stream',
  'labels',
  'webhook_config',
  'service_tier',
] as const;
const UNSUPPORTED = [
  'system_instruction',
  'safety_settings',
  'response_modalities',
  'response_mime_type',
  'tools',
];
const TASKS = [
  'text_to_video',
  'image_to_video',
  'reference_to_video',
  'edit',
  'extend',
  'upscale',
] as const;
const VIDEO_TYPES = ['mp4', 'mpeg', 'mov', 'webm', 'wmv', '3gpp', 'flv'].map((x) => `video/${x}`);

function refuse(message: string): never {
  throw new Refused(interactionsError(message));
}

function flag(body: Json, name: string, otherwise: boolean): boolean {
  const value = body[name] ?? otherwise;
  return typeof value === 'boolean' ? value : refuse(`Invalid input at '${name}'.`);
}

function oneOf<T extends string>(
  value: unknown,
  name: string,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  const list = allowed.map((one) => `'${one}'`).join(', ');
  return refuse(`The value '${value}' is not supported for '${name}'. Supported values: ${list}.`);
}

function checkLabels(labels: unknown): void {
  if (labels === undefined) return;
  if (!isObject(labels)) refuse("Invalid input at 'labels'.");
  for (const [name, value] of Object.entries(labels)) {
    const fits = (text: unknown) => typeof text === 'string' && /^[a-z0-9_-]{0,63}$/.test(text);
    if (name === '' || !fits(name) || !fits(value)) refuse(`Invalid label '${name}'.`);
  }
}

function readTask(config: unknown, model: string): (typeof TASKS)[number] | undefined {
  if (config === undefined) return undefined;
  if (!isObject(config)) return refuse("Invalid input at 'generation_config'.");
  const unknown = unknownName(config, ['video_config', 'thinking_level', 'seed']);
  if (unknown !== undefined) {
    refuse(`'generation_config.${unknown}' is not supported by model '${model}'.`);
  }
  oneOf(config.thinking_level, 'generation_config.thinking_level', ['low', 'high']);
  if (config.seed !== undefined && !Number.isInteger(config.seed)) {
    refuse("Invalid input at 'generation_config.seed'.");
  }
  if (config.video_config === undefined) return undefined;
  if (!isObject(config.video_config) || unknownName(config.video_config, ['task'])) {
    return refuse("Invalid input at 'generation_config.video_config'.");
  }
  const tasks = TASKS.filter((task) => task !== 'upscale' || omniLimits(model).upscales);
  return oneOf(config.video_config.task, 'generation_config.video_config.task', tasks);
}

function readFormat(format: unknown, model: string, prompt: string) {
  const name = 'response_format';
  if (format === undefined) {
    return settings(OMNI_DEFAULT_SECONDS, undefined, undefined, undefined);
  }
  if (!isObject(format)) return refuse(`Invalid input at '${name}'.`);
  const known = ['type', 'aspect_ratio', 'resolution', 'duration', 'delivery', 'gcs_uri'];
  const unknown = unknownName(format, known);
  if (unknown !== undefined) refuse(`Unknown parameter '${name}.${unknown}'.`);
  if (format.type === undefined) refuse(`'${name}.type' is required.`);
  oneOf(format.type, `${name}.type`, ['video']);
  if (format.gcs_uri !== undefined) refuse(`'${name}.gcs_uri' is not supported.`);
  const aspect = oneOf(format.aspect_ratio, `${name}.aspect_ratio`, ASPECT_RATIOS);
  const resolution = oneOf(format.resolution, `${name}.resolution`, RESOLUTIONS);
  const delivery = oneOf(format.delivery, `${name}.delivery`, ['inline', 'uri']);
  const limits = omniLimits(model);
  const maxSeconds = prompt.includes('<LAST_FRAME>')
    ? limits.maxSecondsBetweenFrames
    : limits.maxSeconds;
  if (format.duration === undefined) {
    return settings(OMNI_DEFAULT_SECONDS, aspect, resolution, delivery);
  }
  // A protobuf duration is text, "6s"; a bare number is refused without naming the field.
  const found =
    typeof format.duration === 'string' && /^(\d+(?:\.\d{1,9})?)s$/.exec(format.duration);
  if (!found) return refuse(`Invalid input at '${name}'.`);
  const seconds = Number(found[1]);
  if (seconds < limits.minSeconds || seconds > maxSeconds) {
    refuse(
      `The value '${format.duration}' is not supported for '${name}.duration'. Supported values: '${limits.minSeconds}s' to '${maxSeconds}s'.`,
    );
  }
  return settings(seconds, aspect, resolution, delivery);
}

function settings(
  seconds: number,
  aspect: AspectRatio = '16:9',
  resolution: Resolution = '720p',
  delivery: 'inline' | 'uri' = 'inline',
) {
  return { seconds, aspect, resolution, asUri: delivery === 'uri' };
}

type Input = { prompt: string; images: number; videos: number };

/** The input as a list of contents, whichever of its four forms was sent. */
export function inputContents(input: unknown): Json[] {
  if (typeof input === 'string') return [{ text: input, type: 'text' }];
  const list = Array.isArray(input) ? input : [input];
  return list.filter(isObject).flatMap((item) => {
    if (item.type !== 'user_input') return [item];
    return Array.isArray(item.content) ? item.content.filter(isObject) : [];
  });
}

function readInput(input: unknown): Input {
  const rightForm = typeof input === 'string' || isObject(input) || Array.isArray(input);
  if (!rightForm) return refuse("'input' is required.");
  if (Array.isArray(input) && !input.every(isObject)) return refuse("Invalid input at 'input'.");
  // An empty input is no mistake: Google makes and bills a video of it.
  const found: Input = { prompt: '', images: 0, videos: 0 };
  for (const content of inputContents(input)) readContent(content, found);
  if (found.images > OMNI_MAX_IMAGES) {
    refuse(`At most ${OMNI_MAX_IMAGES} images are supported.`);
  }
  return found;
}

function readContent(content: Json, found: Input): void {
  const kind = oneOf(content.type, 'input.type', ['text', 'image', 'video', 'document']);
  switch (kind) {
    case 'text': {
      if (typeof content.text !== 'string' || unknownName(content, ['type', 'text'])) {
        refuse("Invalid input at 'input.text'.");
      }
      found.prompt = content.text;
      return;
    }
    case 'image':
    case 'video': {
      const unknown = unknownName(content, ['type', 'data', 'uri', 'mime_type']);
      if (unknown !== undefined) refuse(`Unknown parameter 'input.${unknown}'.`);
      if ((content.data === undefined) === (content.uri === undefined)) {
        refuse(`Each ${kind} needs either 'data' or 'uri'.`);
      }
      if (content.data !== undefined) {
        const mistake =
          kind === 'image'
            ? pictureMistake(content.data, content.mime_type)
            : clipMistake(content.data, content.mime_type);
        if (mistake !== undefined) refuse(mistake);
      }
      if (kind === 'image') found.images++;
      else found.videos++;
      return;
    }
    case 'document':
      if (typeof content.uri !== 'string') refuse("A document needs 'uri'.");
      found.videos++;
      return;
    case undefined:
      refuse("'type' is required in each part of 'input'.");
      break;
    default:
      kind satisfies never;
  }
}

function clipMistake(data: unknown, mimeType: unknown): string | undefined {
  if (typeof mimeType !== 'string' || !VIDEO_TYPES.includes(mimeType)) {
    return `Unsupported MIME type: ${mimeType}`;
  }
  return base64Bytes(data)?.length ? undefined : 'The video data is not valid base64.';
}

/** A tag that names a picture which is not there is a mistake of the program, or words of a user let through. */
function checkFrameTags(prompt: string, images: number): void {
  const first = prompt.includes('<FIRST_FRAME>');
  const last = prompt.includes('<LAST_FRAME>');
  if (last && !first) refuse("'<LAST_FRAME>' needs '<FIRST_FRAME>'.");
  if (Number(first) + Number(last) > images) refuse('A frame is named without an image for it.');
  for (const [, index] of prompt.matchAll(/<IMAGE_REF_(\d+)>/g)) {
    if (Number(index) >= images) refuse(`'<IMAGE_REF_${index}>' has no image.`);
  }
}
