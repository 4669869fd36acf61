/**
 * The bot, killed at one call through one port. `KILL_AT=store.apply#3:after` is the third
 * `store.apply` of the process, when it has had its effect and nobody has its answer yet; with
 * `:before` when it has not been made. Without `KILL_AT` every call is written to standard output.
 */
import { writeSync } from 'node:fs';
import { listenedTo } from './calls.ts';
import { runLikeMain } from './like-main.ts';

const killAt = process.env['KILL_AT'];

function passes(name: string, kind: string, when: 'before' | 'after'): void {
  if (killAt === `${name}:${when}`) process.kill(process.pid, 'SIGKILL');
  if (killAt !== undefined) return;
  writeSync(1, `${JSON.stringify({ level: 'call', msg: name, kind, when })}\n`);
}

await runLikeMain((parts) => ({
  ...parts,
  ...listenedTo(parts, {
    begins: ({ name, kind }) => passes(name, kind, 'before'),
    ends: ({ name, kind }) => passes(name, kind, 'after'),
  }),
}));
