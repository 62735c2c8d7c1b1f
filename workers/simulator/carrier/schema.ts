/** The log only grows: the triggers hold even against the simulator's own mistakes. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS call (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE,
    to_number TEXT NOT NULL, from_number TEXT NOT NULL, attempt INTEGER NOT NULL,
    status TEXT NOT NULL, request TEXT NOT NULL, persona TEXT NOT NULL,
    created_at INTEGER NOT NULL, started_at INTEGER, answered_at INTEGER, ended_at INTEGER,
    duration_seconds INTEGER
  );
  CREATE INDEX IF NOT EXISTS call_to_number ON call (to_number);
  CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, call_sid TEXT, kind TEXT NOT NULL,
    ms REAL, detail TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS log_kind ON log (kind, ms);
  CREATE INDEX IF NOT EXISTS log_call ON log (call_sid);
  CREATE TRIGGER IF NOT EXISTS log_no_update BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS log_no_delete BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TABLE IF NOT EXISTS number (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE,
    voice_url TEXT NOT NULL, voice_fallback_url TEXT NOT NULL, status_callback TEXT NOT NULL,
    sms_url TEXT NOT NULL, created_at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, direction TEXT NOT NULL,
    from_number TEXT NOT NULL, to_number TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL,
    error_code TEXT, segments INTEGER NOT NULL, status_callback TEXT, created_at INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS message_pair ON message (to_number, from_number);
  CREATE TABLE IF NOT EXISTS opt_out (
    own_number TEXT NOT NULL, peer TEXT NOT NULL, PRIMARY KEY (own_number, peer)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS api_key (sid TEXT PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS application (
    sid TEXT PRIMARY KEY, friendly_name TEXT NOT NULL, voice_url TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS leg (sid TEXT PRIMARY KEY, to_number TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS leg_to_number ON leg (to_number);
  CREATE TABLE IF NOT EXISTS recording (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, call_sid TEXT NOT NULL,
    source TEXT NOT NULL, channels INTEGER NOT NULL, seconds INTEGER NOT NULL,
    created_at INTEGER NOT NULL, deleted_at INTEGER
  );
  CREATE TABLE IF NOT EXISTS callee (number TEXT PRIMARY KEY, persona TEXT NOT NULL) WITHOUT ROWID;`;
