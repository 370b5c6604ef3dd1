-- Revisions that were compared with their document: message is a tuoyu.indicator.v1.Statistic of which only verified_by and
-- verify_time are set, sequence that of its entry in this service's journal.
CREATE TABLE IF NOT EXISTS statistic_verification (
  id       CHAR(36)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence BIGINT     NOT NULL,
  message  MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
