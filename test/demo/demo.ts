/**
 * `npm run demo`: the real bot, with no account, between a Discord and a video service that run
 * in this process, and a page on which they can be played with. `-- --crash` kills the bot while the
 * video is being made; `-- --page` keeps the page open where nobody sits at a terminal.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { startPage } from './page/server.ts';
import { Screen } from './screen.ts';
import { createStage } from './stage.ts';
import { tell } from './story.ts';

const crash = process.argv.includes('--crash');
const staysOpen = process.argv.includes('--page') || (process.stdout.isTTY && !crash);
const screen = new Screen();

await using stage = await createStage();
await using page = await startPage(stage);
const told = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
let isTelling = true;
void told.then(() => {
  if (!isTelling) return;
  // In the middle of it nothing is worth keeping: no process and no folder is left behind.
  stage.bot?.process.kill('SIGKILL');
  rmSync(stage.world.dataDir, { recursive: true, force: true });
  process.exit(130);
});

screen.say(`Watch it, and play with it, in a browser: ${page.url}`);
try {
  if (!(await tell({ stage, screen, crash }))) process.exitCode = 1;
} catch (error) {
  if (!staysOpen) throw error;
  screen.say('The story stops here: somebody played with the bot meanwhile.');
}
isTelling = false;
if (staysOpen) {
  screen.say(`The page stays open until you press Ctrl+C: ${page.url}`);
  await told;
  screen.say('It ends.');
} else {
  screen.say('The page ends with the demo; npm run demo -- --page keeps it open.');
}
await page.stop();
await stage.bot?.stop();
