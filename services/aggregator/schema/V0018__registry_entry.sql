-- The entries of the registry's journal that began or ended a span, without their payload: what made a number change.
CREATE TABLE IF NOT EXISTS registry_entry (
  generation     INT          NOT NULL,
  sequence       BIGINT       NOT NULL,
  action         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject        VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_date DATE         NULL,
  record_time    DATETIME(6)  NOT NULL,
  -- Looked up by the sequences the spans name.
  PRIMARY KEY (generation, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
