/** The real LiteLLM proxy, installed once beside the repository's other leftovers. */
import { spawn } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version this project's facts about the proxy were seen on. */
export const LITELLM_VERSION = '1.102.4';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.cache', `litellm-${LITELLM_VERSION}`);
const program = join(folder, 'bin', 'litellm');
/** Written last: an installation that was broken off is made anew. */
const complete = join(folder, 'complete');

/** Path of the installed program. Needs python3; the first time takes a minute or two, 700 MB. */
export async function installLiteLlm(): Promise<string> {
  if (await exists(complete)) return program;
  console.log(`Installing LiteLLM ${LITELLM_VERSION} into ${folder}; this happens once.`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('python3', '-m', 'venv', folder);
  await run(
    join(folder, 'bin', 'pip'),
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `litellm[proxy]==${LITELLM_VERSION}`,
  );
  await writeFile(complete, `${new Date().toISOString()}\n`);
  return program;
}

function run(command: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with code ${code}`));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
