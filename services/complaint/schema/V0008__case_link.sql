-- Plans and visits of inspections made for cases, as the inspection service's journal says: a case is found by any of them.
CREATE TABLE IF NOT EXISTS case_link (
  -- plans/{id} or visits/{id}.
  resource VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.Visit as it was last; of a plan NULL.
  message  MEDIUMBLOB NULL,
  PRIMARY KEY (resource),
  KEY case_link_of (case_id, resource),
  CONSTRAINT case_link_case FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
