/**
 * What pictures mean is said to an Omni model in the prompt, by tags in front of it:
 * `[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2] [# References <IMAGE_REF_0>@Image3]`. Pictures
 * are numbered from 1 in the order they are sent, references from 0.
 * Source: Google's documentation of video generation with Omni, 2026-09.
 */
import type { Picture, PictureRole } from '../jobs/pictures.ts';

const frames: Readonly<Record<Exclude<PictureRole, 'reference'>, string>> = {
  'first frame': 'FIRST_FRAME',
  'last frame': 'LAST_FRAME',
};

/** The prompt as it is sent, behind the tags of its pictures. */
export function taggedPrompt(prompt: string, pictures: readonly Picture[]): string {
  const sources: string[] = [];
  const references: string[] = [];
  for (const [i, { role }] of pictures.entries()) {
    const image = `@Image${i + 1}`;
    if (role === 'reference') references.push(`<IMAGE_REF_${references.length}>${image}`);
    else sources.push(`<${frames[role]}>${image}`);
  }
  const parts = [
    ...(sources.length === 0 ? [] : [`[# Sources ${sources.join(' ')}]`]),
    ...(references.length === 0 ? [] : [`[# References ${references.join(' ')}]`]),
    withoutTags(prompt),
  ];
  return parts.join(' ');
}

/**
 * A prompt tells the model what its pictures mean by tags, which the product sets itself: those a
 * member typed stay readable and mean nothing.
 */
export function withoutTags(prompt: string): string {
  return prompt
    .replace(/[@＠]\s*(?=(?:Image|Video)\s*\d)/gi, '')
    .replace(/[<＜]\s*((?:FIRST|LAST)_FRAME|[A-Z]+_REF_\d+)\s*[>＞]/gi, '($1)')
    .replace(/[[［]\s*[#＃]\s*(Sources|References)\b/gi, '($1');
}
