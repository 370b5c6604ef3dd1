-- Who decided on a facility, and when last, as the registry's journal says: not who handles a complaint about it soon after.
CREATE TABLE IF NOT EXISTS facility_contact (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  last_day    DATE NOT NULL,
  PRIMARY KEY (facility_id, account)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
