-- How often an account asked for a proof of attendance on a day: so that nothing of the rosters is found by trying. Rows of days past go.
CREATE TABLE IF NOT EXISTS attendance_attempt (
  -- Blind index of the account.
  account_index BINARY(32) NOT NULL,
  day           DATE NOT NULL,
  attempts      INT NOT NULL,
  PRIMARY KEY (account_index, day),
  -- Finds what may go.
  KEY attendance_attempt_day (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
