/** The page's side of the server: what is done, and the files that go with it. */
import type { Outcome, SentFile } from '../shapes.ts';

export interface Here {
  readonly viewer: string;
  readonly place: string;
}

export async function send(here: Here, what: Readonly<Record<string, unknown>>): Promise<Outcome> {
  try {
    const answer = await fetch('/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...here, what }),
    });
    if (!answer.ok) return { refused: await answer.text() };
    return (await answer.json()) as Outcome;
  } catch {
    return { refused: 'The demo does not run any more. Start it again with npm run demo.' };
  }
}

export async function sent(file: File): Promise<SentFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, type: file.type, data: btoa(binary) };
}

/** A picture to play with, for those who have none at hand. */
export async function samplePicture(): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const paint = canvas.getContext('2d');
  if (paint === null) throw new Error('this browser draws nothing');
  const sky = paint.createLinearGradient(0, 0, 0, 360);
  sky.addColorStop(0, '#20304f');
  sky.addColorStop(1, '#f2a65a');
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 640, 360);
  paint.fillStyle = '#fff1c9';
  paint.beginPath();
  paint.arc(440, 150, 46, 0, 2 * Math.PI);
  paint.fill();
  paint.fillStyle = '#28402f';
  paint.beginPath();
  paint.moveTo(0, 360);
  paint.lineTo(0, 270);
  paint.quadraticCurveTo(180, 190, 350, 280);
  paint.quadraticCurveTo(500, 330, 640, 250);
  paint.lineTo(640, 360);
  paint.fill();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('this browser draws nothing');
  return new File([blob], 'sunset.png', { type: 'image/png' });
}
