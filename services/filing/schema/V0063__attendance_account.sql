-- For how many children an account proved the attendance. Neither the account nor the child can be read from it. Rows older than a year go.
CREATE TABLE IF NOT EXISTS attendance_account (
  -- Blind indices of the account and of the child's entry on the roster.
  account_index BINARY(32) NOT NULL,
  entry_index   BINARY(32) NOT NULL,
  last_on       DATE NOT NULL,
  PRIMARY KEY (account_index, entry_index),
  -- Finds what may go.
  KEY attendance_account_day (last_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
