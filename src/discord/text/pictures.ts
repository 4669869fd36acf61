/** How pictures are spoken of. */
import type { PictureRole } from '../../jobs/pictures.ts';
import type { VideoRequest } from '../../jobs/request.ts';

/** A part of the line of facts; none for a video from words alone. */
export function picturesPart({ pictures }: Pick<VideoRequest, 'pictures'>): string[] {
  if (pictures.length === 0) return [];
  return [pictures.length === 1 ? 'from 1 picture' : `from ${pictures.length} pictures`];
}

/** `A last frame`, at the beginning of a sentence. */
export function aPicture(role: PictureRole): string {
  switch (role) {
    case 'first frame':
      return 'A first frame';
    case 'last frame':
      return 'A last frame';
    case 'reference':
      return 'A reference picture';
    default:
      return role satisfies never;
  }
}

/** What the service is told where somebody sends a picture and no words. */
export function promptForPictures(count: number): string {
  return count === 1
    ? 'Bring this picture to life with natural movement and fitting sound.'
    : 'Show what is in these pictures together in one lively scene, with fitting sound.';
}
