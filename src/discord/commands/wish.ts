/** The options of `/veo`: what they are called, and the wish made of what was typed. */
import type { PictureRole } from '../../jobs/pictures.ts';
import type { Wish } from '../../jobs/request.ts';
import { type Attached, pictureOf } from '../incoming/attachments.ts';
import type { OptionValue } from '../incoming/interaction.ts';

/** Names on the wire; they stand in Discord's clients, so a new name is a new option. */
export const option = {
  prompt: 'prompt',
  model: 'model',
  seconds: 'duration',
  aspectRatio: 'aspect',
  resolution: 'resolution',
  draft: 'draft',
  private: 'private',
  firstFrame: 'first_frame',
  lastFrame: 'last_frame',
  references: [
    'reference_1',
    'reference_2',
    'reference_3',
    'reference_4',
    'reference_5',
    'reference_6',
  ],
} as const;

const roles: readonly (readonly [name: string, role: PictureRole])[] = [
  [option.firstFrame, 'first frame'],
  [option.lastFrame, 'last frame'],
  ...option.references.map((name) => [name, 'reference'] as const),
];

const known = new Set<string>(Object.values(option).flat());

/**
 * @returns null where an option is not known or has the wrong form: an outdated client. Going on
 *   without it would make, and charge for, another video than the one asked for.
 */
export function wishOf(
  options: ReadonlyMap<string, OptionValue>,
  attachments: ReadonlyMap<string, Attached> = new Map(),
): Wish | null {
  for (const name of [...options.keys(), ...attachments.keys()]) if (!known.has(name)) return null;
  const prompt = options.get(option.prompt);
  const modelId = options.get(option.model);
  const seconds = options.get(option.seconds);
  const aspectRatio = options.get(option.aspectRatio);
  const resolution = options.get(option.resolution);
  const draft = options.get(option.draft);
  const isPrivate = options.get(option.private);
  if (!isTextOrLeftOut(prompt) || !isFlagOrLeftOut(draft) || !isFlagOrLeftOut(isPrivate)) {
    return null;
  }
  if (!isTextOrLeftOut(modelId) || !isTextOrLeftOut(aspectRatio) || !isTextOrLeftOut(resolution)) {
    return null;
  }
  if (seconds !== undefined && !Number.isInteger(seconds)) return null;
  const pictures = roles.flatMap(([name, role]) => {
    const attached = attachments.get(name);
    return attached === undefined ? [] : [pictureOf(role, attached, attached.url)];
  });
  return {
    // Without one the form asks for it.
    prompt: prompt ?? '',
    ...(modelId === undefined ? {} : { modelId }),
    ...(typeof seconds === 'number' ? { seconds } : {}),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(pictures.length === 0 ? {} : { pictures }),
    ...(draft === true && { draft }),
    ...(isPrivate === true && { private: true }),
  };
}

function isTextOrLeftOut(value: OptionValue | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isFlagOrLeftOut(value: OptionValue | undefined): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}
