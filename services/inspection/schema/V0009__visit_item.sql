-- Which items failed on which visit.
CREATE TABLE IF NOT EXISTS visit_item (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item     CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day      DATE NOT NULL,
  PRIMARY KEY (visit_id, item),
  -- Serves the history of an item, the latest first.
  KEY visit_item_by_day (item, day, visit_id),
  CONSTRAINT visit_item_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
