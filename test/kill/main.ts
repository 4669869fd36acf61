/**
 * The bot, killed at one call through one port. `KILL_AT=store.apply#3:after` is the third
 * `store.apply` of the process, when it has had its effect and nobody has its answer yet; with
 * `:before` when it has not been made, with `:during` at the next call of any other kind while it is
 * on its way. Without `KILL_AT` every call is written to standard output.
 */
import { writeSync } from 'node:fs';
import { type Call, listenedTo } from './calls.ts';
import { runLikeMain } from './like-main.ts';

const killAt = process.env.KILL_AT;
let isOnItsWay = false;

function passes({ name, kind }: Call, when: 'before' | 'after'): void {
  const during = killAt === `${name}:during`;
  if (killAt === `${name}:${when}` || (isOnItsWay && !during)) {
    process.kill(process.pid, 'SIGKILL');
  }
  if (during) isOnItsWay = when === 'before';
  if (killAt !== undefined) return;
  writeSync(1, `${JSON.stringify({ level: 'call', msg: name, kind, when })}\n`);
}

await runLikeMain((parts) => ({
  ...parts,
  ...listenedTo(parts, {
    begins: (call) => passes(call, 'before'),
    ends: (call) => passes(call, 'after'),
  }),
}));
