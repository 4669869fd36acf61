/**
 * Loaded into the bot's process before anything else: a fault of its own, thrown when SIGUSR2 comes, and
 * where FAULT_AT is `close` once more at the end of a stop, as it closes its database.
 */
import Database from 'better-sqlite3';

process.on('SIGUSR2', () => {
  throw new Error('planted');
});

if (process.env.FAULT_AT === 'close') {
  process.once('SIGTERM', () => {
    const { close } = Database.prototype;
    Database.prototype.close = function closeWithFault() {
      queueMicrotask(() => {
        throw new Error('planted at the end');
      });
      return close.call(this);
    };
  });
}
