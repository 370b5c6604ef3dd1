-- The days on which findings were open and their due day over, as it stood then.
CREATE TABLE IF NOT EXISTS regulatory_overdue (
  visit_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item      VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_day DATE NOT NULL,
  -- First day it is no longer; NULL while it is.
  end_day   DATE NULL,
  PRIMARY KEY (visit_id, item, first_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
