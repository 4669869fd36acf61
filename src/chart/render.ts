/**
 * A program of its own: SVG from standard input, PNG to standard output. The renderer takes tens of
 * megabytes, which go back to the system with this process.
 */
import { accessSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const font = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
// Without it, or with another kind than TTF, no word is drawn and nothing says so.
accessSync(font);

const svg = await buffer(process.stdin);
const picture = new Resvg(svg, {
  font: { fontFiles: [font], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
});
process.stdout.write(picture.render().asPng());
