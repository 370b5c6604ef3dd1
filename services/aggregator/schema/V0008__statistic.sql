-- Reported statistics, each revision a row that is never changed; message is a tuoyu.indicator.v1.Statistic, sequence that
-- of its entry in this service's journal. The primary key serves the list and, read backwards, the newest statistic on
-- or before a day.
CREATE TABLE IF NOT EXISTS statistic (
  series         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code  VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reference_date DATE        NOT NULL,
  revision       INT         NOT NULL,
  id             CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence       BIGINT      NOT NULL,
  message        MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (series, division_code, reference_date, revision),
  UNIQUE KEY statistic_id (id),
  UNIQUE KEY statistic_sequence (sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
