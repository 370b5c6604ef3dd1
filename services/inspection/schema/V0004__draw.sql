-- Draws of plans (双随机抽取).
CREATE TABLE IF NOT EXISTS draw (
  -- UUIDv7: in order of time.
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.DrawState.
  state    TINYINT NOT NULL,
  -- The secret behind the commitment, sealed until it is drawn.
  secret   VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.Draw.
  message  BLOB NOT NULL,
  -- Serves the list, the newest first.
  PRIMARY KEY (id),
  KEY draw_of_plan (plan_id),
  CONSTRAINT draw_of FOREIGN KEY (plan_id) REFERENCES plan (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
