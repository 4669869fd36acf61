/**
 * A program of its own: turns one picture upright, scales it down and writes it as JPEG. A file made
 * to break the decoder, to fill the memory or to take for ever takes this process along, not the bot.
 *
 * Arguments: file to read, file to write, longest side in pixels, most pixels taken in.
 * Prints one line of JSON: `{"width":…,"height":…}` or `{"problem":"too large"|"broken"}`.
 * Without the picture's metadata: a phone writes into it where it was taken.
 */
import sharp from 'sharp';

const [from = '', to = '', longestSide = '', mostPixels = ''] = process.argv.slice(2);

sharp.concurrency(1);
sharp.cache(false);

async function convert(): Promise<object> {
  const side = Number(longestSide);
  const picture = sharp(from, { failOn: 'error', sequentialRead: true, limitInputPixels: false });
  const { width, height } = await picture.metadata();
  // By its own header, before a single pixel is decoded.
  if (width * height > Number(mostPixels)) return { problem: 'too large' };
  const written = await picture
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toFile(to);
  return { width: written.width, height: written.height };
}

const said = await convert().catch(() => ({ problem: 'broken' }));
process.stdout.write(`${JSON.stringify(said)}\n`);
