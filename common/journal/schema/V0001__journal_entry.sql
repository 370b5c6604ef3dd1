-- The journal (流水): every state change of this service, in commit order, chained by hashes. Rows are never changed
-- or deleted; the application's database user may not. Columns as in tuoyu.common.v1.JournalEntry.
CREATE TABLE IF NOT EXISTS journal_entry (
  sequence           BIGINT        NOT NULL,
  source             VARCHAR(32)   NOT NULL,
  record_time        DATETIME(6)   NOT NULL,
  effective_date     DATE          NOT NULL,
  action             VARCHAR(64)   NOT NULL,
  subject            VARCHAR(160)  NOT NULL,
  division_code      VARCHAR(12)   NOT NULL,
  actor              VARCHAR(128)  NOT NULL,
  actor_organisation VARCHAR(128)  NOT NULL,
  request_id         VARCHAR(64)   NOT NULL,
  trace_id           VARCHAR(64)   NOT NULL,
  payload_type       VARCHAR(128)  NOT NULL,
  payload            MEDIUMBLOB    NOT NULL,
  -- Read before the payloads, so that a page never holds more bytes than it may.
  payload_size       INT UNSIGNED  GENERATED ALWAYS AS (LENGTH(payload)) STORED,
  payload_digest     BINARY(32)    NOT NULL,
  previous_hash      BINARY(32)    NOT NULL,
  hash               BINARY(32)    NOT NULL,
  PRIMARY KEY (sequence),
  CONSTRAINT journal_entry_sequence_positive CHECK (sequence > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
