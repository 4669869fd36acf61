/** Direct messages with the bot: up to which message each is settled, so that nothing is lost while it is away. */
export const conversations = `
CREATE TABLE conversations (
  channel_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  settled_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_newest ON conversations (at);
CREATE INDEX conversations_member ON conversations (user_id);
`;
