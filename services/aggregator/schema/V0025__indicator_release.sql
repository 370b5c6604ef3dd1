-- Values of the plan's district on a day as they were released; message is a tuoyu.indicator.v1.Release. Rows are never
-- changed: the first revision of a day is what was published first.
CREATE TABLE IF NOT EXISTS indicator_release (
  plan     VARCHAR(64) NOT NULL,
  as_of    DATE        NOT NULL,
  revision INT         NOT NULL,
  message  MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (plan, as_of, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
