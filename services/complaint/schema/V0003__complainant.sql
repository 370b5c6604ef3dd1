-- Complainants (投诉人、举报人). Who they are is sealed and read through ReporterService alone.
CREATE TABLE IF NOT EXISTS complainant (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  receipt_number VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Blind index of the query code, which is stored nowhere.
  code_index     BINARY(32) NOT NULL,
  -- tuoyu.complaint.v1.ReporterMode.
  mode           TINYINT NOT NULL,
  wants_reply    TINYINT NOT NULL,
  filed_at       DATETIME(6) NOT NULL,
  -- tuoyu.complaint.v1.Reporter, sealed.
  reporter       BLOB NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY complainant_receipt (receipt_number),
  UNIQUE KEY complainant_code (code_index)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
