/** The options of `/veo`: what they are called, and the wish made of what was typed. */
import type { Wish } from '../../jobs/request.ts';
import type { OptionValue } from '../interaction.ts';

/** Names on the wire; they stand in Discord's clients, so a new name is a new option. */
export const option = {
  prompt: 'prompt',
  model: 'model',
  seconds: 'duration',
  aspectRatio: 'aspect',
  resolution: 'resolution',
} as const;

const known = new Set<string>(Object.values(option));

/**
 * @returns null where an option is not known or has the wrong form: an outdated client. Going on
 *   without it would make, and charge for, another video than the one asked for.
 */
export function wishOf(options: ReadonlyMap<string, OptionValue>): Wish | null {
  for (const name of options.keys()) if (!known.has(name)) return null;
  const prompt = options.get(option.prompt);
  const modelId = options.get(option.model);
  const seconds = options.get(option.seconds);
  const aspectRatio = options.get(option.aspectRatio);
  const resolution = options.get(option.resolution);
  if (typeof prompt !== 'string') return null;
  if (!isTextOrLeftOut(modelId) || !isTextOrLeftOut(aspectRatio) || !isTextOrLeftOut(resolution)) {
    return null;
  }
  if (seconds !== undefined && !Number.isInteger(seconds)) return null;
  return {
    prompt,
    ...(modelId === undefined ? {} : { modelId }),
    ...(typeof seconds === 'number' ? { seconds } : {}),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(resolution === undefined ? {} : { resolution }),
  };
}

function isTextOrLeftOut(value: OptionValue | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
