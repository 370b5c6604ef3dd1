-- Accounts of inspectors, as the inspection service's journal says: who inspected a place does not handle a complaint about it soon after.
CREATE TABLE IF NOT EXISTS inspector_account (
  inspector_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (inspector_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
