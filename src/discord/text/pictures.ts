/** How pictures are spoken of. */
import type { VideoRequest } from '../../jobs/request.ts';
import type { Words } from './words.ts';

/** A part of the line of facts; none for a video from words alone. */
export function picturesPart(
  { pictures }: Pick<VideoRequest, 'pictures'>,
  { facts }: Words,
): string[] {
  return pictures.length === 0 ? [] : [facts.fromPictures(pictures.length)];
}

/** What the service is told where somebody sends a picture and no words. */
export function promptForPictures(count: number, { offer }: Words): string {
  return count === 1 ? offer.promptForPicture : offer.promptForPictures;
}
