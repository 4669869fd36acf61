/** Jobs with their money, history and what was learned; drafts; small facts. */
export const jobs = `
CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  origin TEXT NOT NULL UNIQUE,
  asked_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  due_at INTEGER,
  reason TEXT,
  attempts INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  locale TEXT NOT NULL,
  -- Where it was asked: allowances stay with that place, even if the reply moves.
  guild_id TEXT,
  channel_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  run_again_of TEXT,
  price_micro_usd INTEGER NOT NULL CHECK (price_micro_usd >= 0),
  -- Always the sums of the job's ledger rows.
  held_micro_usd INTEGER NOT NULL CHECK (held_micro_usd >= 0),
  charged_micro_usd INTEGER NOT NULL CHECK (charged_micro_usd >= 0),
  maybe_micro_usd INTEGER NOT NULL CHECK (maybe_micro_usd >= 0),
  money TEXT NOT NULL CHECK (money IN ('reserved', 'settled', 'given back', 'maybe')),
  -- 0: a maybe that burdens only the whole bot, no longer member, channel and server.
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  shown TEXT,
  shown_last INTEGER NOT NULL CHECK (shown_last IN (0, 1)),
  reply TEXT NOT NULL,
  request TEXT NOT NULL,
  own TEXT NOT NULL
) STRICT;

-- What waits for its time. Ended jobs have no due time, so they cost nothing here.
CREATE INDEX jobs_due ON jobs (state, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_state ON jobs (state, asked_at, id);
CREATE INDEX jobs_unshown ON jobs (seq) WHERE shown_last = 0;
CREATE INDEX jobs_run_again ON jobs (run_again_of, user_id) WHERE run_again_of IS NOT NULL;

-- Allowances read these alone and never the rows; what was given back is not in them. The money
-- column stands in them although the condition says it: without it SQLite reads the rows after all.
CREATE INDEX jobs_spent_member
  ON jobs (user_id, asked_at, money, counts, held_micro_usd, charged_micro_usd, maybe_micro_usd)
  WHERE money <> 'given back';
CREATE INDEX jobs_spent_channel
  ON jobs (channel_id, asked_at, money, counts, held_micro_usd, charged_micro_usd, maybe_micro_usd)
  WHERE money <> 'given back';
CREATE INDEX jobs_spent_server
  ON jobs (guild_id, asked_at, money, counts, held_micro_usd, charged_micro_usd, maybe_micro_usd)
  WHERE money <> 'given back' AND guild_id IS NOT NULL;
CREATE INDEX jobs_spent_bot
  ON jobs (asked_at, money, held_micro_usd, charged_micro_usd, maybe_micro_usd)
  WHERE money <> 'given back';

-- Amounts are what a row adds to the job's held, charged and maybe: negative where it takes away.
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL REFERENCES jobs (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reserved', 'settled', 'given back', 'maybe')),
  held_micro_usd INTEGER NOT NULL,
  charged_micro_usd INTEGER NOT NULL,
  maybe_micro_usd INTEGER NOT NULL,
  basis TEXT CHECK (basis IN ('reported', 'estimate')),
  counts INTEGER NOT NULL CHECK (counts IN (0, 1))
) STRICT;
CREATE INDEX ledger_job ON ledger (job_id);

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'ledger rows never change'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'ledger rows are never deleted'); END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
  WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'ledger rows never change'); END;

CREATE TABLE history (
  seq INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  event TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX history_job ON history (job_id);

CREATE TABLE durations (
  seq INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id),
  at INTEGER NOT NULL,
  model_id TEXT NOT NULL,
  resolution TEXT NOT NULL,
  seconds REAL NOT NULL,
  not_done_ms REAL NOT NULL,
  done_ms REAL NOT NULL,
  declined INTEGER NOT NULL CHECK (declined IN (0, 1))
) STRICT;
CREATE INDEX durations_model ON durations (model_id);

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  wish TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
