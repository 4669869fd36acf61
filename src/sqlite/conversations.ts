/** With whom the bot speaks by direct message, and up to which message each of them has its answer. */
import type Database from 'better-sqlite3';
import type { Conversation } from '../jobs/ports/store.ts';

export interface Conversations {
  note(conversation: Conversation): void;
  find(channelId: string): Conversation | null;
  newest(limit: number): Conversation[];
  drop(before: number): void;
  dropOf(userId: string): void;
}

export function conversationsOf(db: Database.Database): Conversations {
  const columns = 'channel_id AS channelId, user_id AS userId, settled_id AS settledId, at';
  // Discord's ids are numbers too large for some readers: the longer one is the larger one.
  const note = db.prepare<[string, string, string, number]>(
    `INSERT INTO conversations (channel_id, user_id, settled_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel_id) DO UPDATE
       SET user_id = excluded.user_id, settled_id = excluded.settled_id, at = excluded.at
       WHERE (length(settled_id), settled_id) < (length(excluded.settled_id), excluded.settled_id)`,
  );
  const find = db.prepare<[string], Conversation>(
    `SELECT ${columns} FROM conversations WHERE channel_id = ?`,
  );
  const newest = db.prepare<[number], Conversation>(
    `SELECT ${columns} FROM conversations ORDER BY at DESC LIMIT ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM conversations WHERE at < ?');
  const dropOf = db.prepare<[string]>('DELETE FROM conversations WHERE user_id = ?');

  return {
    note: ({ channelId, userId, settledId, at }) =>
      void note.run(channelId, userId, settledId, Math.ceil(at)),
    find: (channelId) => find.get(channelId) ?? null,
    newest: (limit) => newest.all(limit),
    drop: (before) => void drop.run(Math.ceil(before)),
    dropOf: (userId) => void dropOf.run(userId),
  };
}
