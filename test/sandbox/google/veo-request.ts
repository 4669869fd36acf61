import { ASPECT_RATIOS, VEO_DEFAULT_SECONDS, type VeoLimits, veoLimits } from './catalogue.ts';
import type { Order } from './order.ts';
import { pictureMistake, readWebhook, textTokens, unknownName } from './pictures.ts';
import { googleError } from './said.ts';
import { isObject, type Json, Refused } from './wire.ts';

/**
 * Reads the body of `POST /v1beta/models/{model}:predictLongRunning`. Stricter than Google, which
 * ignores a name it does not know and bills its default: here that is refused.
 * Throws Refused with the first mistake.
 *
 * Source: recorded exchanges with the live API, 2026-10 (wrong aspect ratio); the Gemini API's
 * refusal of `inlineData` as reported live; value rules as documented by Google up to 2026-10.
 */
export function readVeoOrder(body: Json, model: string): Order {
  mustKnow(body, ['instances', 'parameters', 'webhookConfig'], 'the request');
  const { instances } = body;
  if (!Array.isArray(instances) || instances.length !== 1 || !isObject(instances[0])) {
    refuse('`instances` needs exactly one entry.');
  }
  const limits = veoLimits(model);
  const input = readInstance(instances[0], limits);
  const parameters = body.parameters ?? {};
  if (!isObject(parameters)) refuse('`parameters` must be an object.');
  const choice = readParameters(parameters, limits, input);
  const webhook =
    body.webhookConfig === undefined ? undefined : readWebhook(body.webhookConfig, 'userMetadata');
  if (typeof webhook === 'string') return refuse(`\`webhookConfig\` ${webhook}.`);
  return {
    protocol: 'veo',
    model,
    prompt: input.prompt,
    ...choice,
    asUri: true,
    inputTokens: { text: textTokens(input.prompt), image: 0, video: 0 },
    background: true,
    ...(webhook && { webhook }),
    body,
  };
}

type Input = {
  prompt: string;
  image: boolean;
  lastFrame: boolean;
  references: boolean;
  video: boolean;
};

const NOT_ON_THE_GEMINI_API = [
  'seed',
  'generateAudio',
  'fps',
  'mask',
  'labels',
  'resizeMode',
  'compressionQuality',
  'outputGcsUri',
  'storageUri',
  'pubsubTopic',
];
const MAX_REFERENCES = 3;

function refuse(message: string): never {
  throw new Refused(googleError(400, 'INVALID_ARGUMENT', message));
}

const notSupported = (name: string) =>
  refuse(
    `\`${name}\` isn't supported by this model. Please remove it or refer to the Gemini API documentation for supported usage.`,
  );

/** The wording as recorded. */
const notAValue = (name: string, value: unknown) =>
  refuse(
    `\`${name}\` does not support \`${value}\` as a valid value.  Please refer to https://ai.google.dev/gemini-api/docs/video for the supported values.`,
  );

function mustKnow(object: Json, allowed: readonly string[], where: string): void {
  const unknown = unknownName(object, allowed);
  if (unknown === undefined) return;
  if (NOT_ON_THE_GEMINI_API.includes(unknown) || unknown === 'inlineData') notSupported(unknown);
  refuse(`Invalid JSON payload received. Unknown name "${unknown}" at '${where}'.`);
}

function readInstance(instance: Json, limits: VeoLimits): Input {
  mustKnow(instance, ['prompt', 'image', 'lastFrame', 'referenceImages', 'video'], 'instances[0]');
  const { prompt, image, lastFrame, referenceImages, video } = instance;
  if (typeof prompt !== 'string') refuse('`prompt` is required.');
  if (image !== undefined) checkPicture(image, 'image');
  if (lastFrame !== undefined) {
    if (image === undefined) refuse('`lastFrame` needs `image`.');
    checkPicture(lastFrame, 'lastFrame');
  }
  if (referenceImages !== undefined) {
    if (!limits.references) notSupported('referenceImages');
    checkReferences(referenceImages);
    if (image !== undefined || lastFrame !== undefined || video !== undefined) {
      refuse('`referenceImages` cannot go with `image`, `lastFrame` or `video`.');
    }
  }
  if (video !== undefined) {
    if (!limits.extends) notSupported('video');
    const told = isObject(video) && (video.uri !== undefined || video.encodedVideo !== undefined);
    if (!told) refuse('`video` needs `uri` or `encodedVideo`.');
  }
  return {
    prompt,
    image: image !== undefined,
    lastFrame: lastFrame !== undefined,
    references: referenceImages !== undefined,
    video: video !== undefined,
  };
}

function checkPicture(picture: unknown, where: string): void {
  if (!isObject(picture)) refuse(`\`${where}\` must be an object.`);
  mustKnow(picture, ['bytesBase64Encoded', 'mimeType'], where);
  const mistake = pictureMistake(picture.bytesBase64Encoded, picture.mimeType);
  if (mistake !== undefined) refuse(mistake);
}

function checkReferences(references: unknown): void {
  if (!Array.isArray(references) || references.length > MAX_REFERENCES) {
    refuse(`\`referenceImages\` takes up to ${MAX_REFERENCES} images.`);
  }
  for (const reference of references) {
    if (!isObject(reference)) refuse('`referenceImages` must hold objects.');
    mustKnow(reference, ['image', 'referenceType'], 'referenceImages');
    if (reference.referenceType !== 'asset') notAValue('referenceType', reference.referenceType);
    checkPicture(reference.image, 'referenceImages.image');
  }
}

const PARAMETERS = [
  'sampleCount',
  'durationSeconds',
  'aspectRatio',
  'resolution',
  'negativePrompt',
  'personGeneration',
  'enhancePrompt',
];

function readParameters(parameters: Json, limits: VeoLimits, input: Input) {
  mustKnow(parameters, PARAMETERS, 'parameters');
  const { sampleCount, durationSeconds = VEO_DEFAULT_SECONDS, personGeneration } = parameters;
  if (sampleCount !== undefined && sampleCount !== 1) notAValue('sampleCount', sampleCount);
  if (typeof durationSeconds !== 'number') {
    return refuse('The value type for `durationSeconds` needs to be a number.');
  }
  if (!limits.seconds.includes(durationSeconds)) {
    refuse(
      `The number value for \`durationSeconds\` is out of bound. Please provide a value between ${limits.seconds[0]} and ${limits.seconds.at(-1)}, inclusive.`,
    );
  }
  const aspect = ASPECT_RATIOS.find((one) => one === (parameters.aspectRatio ?? '16:9'));
  if (!aspect) return notAValue('aspectRatio', parameters.aspectRatio);
  const resolution = limits.resolutions.find((one) => one === (parameters.resolution ?? '720p'));
  if (!resolution) return notAValue('resolution', parameters.resolution);
  const onlyEight = resolution !== '720p' || input.references || input.lastFrame || input.video;
  if (onlyEight && durationSeconds !== 8) notAValue('durationSeconds', durationSeconds);
  if (input.video && resolution !== '720p') notAValue('resolution', resolution);
  const people = input.image || input.references || input.lastFrame ? 'allow_adult' : 'allow_all';
  if (personGeneration !== undefined && personGeneration !== people) {
    notAValue('personGeneration', personGeneration);
  }
  const { negativePrompt } = parameters;
  if (negativePrompt !== undefined && typeof negativePrompt !== 'string') {
    refuse('The value type for `negativePrompt` needs to be a string.');
  }
  return { seconds: durationSeconds, aspect, resolution };
}
