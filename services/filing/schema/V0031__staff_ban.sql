-- Persons banned from the trade (终身禁止从业).
CREATE TABLE IF NOT EXISTS staff_ban (
  -- UUIDv7: in order of time.
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Blind index of the resident id, as in staff_member.
  person_index   BINARY(32) NOT NULL,
  -- The same while the ban stands: a person is banned once.
  standing_index BINARY(32) NULL,
  -- tuoyu.filing.v1.StaffBan, personal fields sealed, without what is computed at reading.
  message        BLOB NOT NULL,
  -- Serves the list, the newest first.
  PRIMARY KEY (id),
  -- Whether a person is banned.
  UNIQUE KEY staff_ban_standing (standing_index)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
