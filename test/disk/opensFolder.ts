/** Started by tests inside a mount of their own: opens a data folder and says what came of it. */
import { openFolder } from '../../src/disk/folder.ts';

try {
  process.stdout.write(JSON.stringify(await openFolder(process.argv[2] ?? '')));
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
}
