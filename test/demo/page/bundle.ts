/** The page's script: our code and the library that draws Discord's messages, in one file. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error('esbuild has made no file');
  return script.contents;
}
