/** Started by tests: takes the lock of a folder, says `held` and keeps it until it is ended. */
import { lockFolder } from '../../src/disk/lock.ts';
import { holdExclusively } from '../../src/sqlite/lock.ts';

try {
  // The answer is thrown away: the lock must not depend on somebody keeping it.
  lockFolder(process.argv[2] ?? '', holdExclusively, Date.now());
  for (let round = 0; round < 5; round++) globalThis.gc?.();
  process.stdout.write('held\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : error}\n`);
  process.exitCode = 1;
}
