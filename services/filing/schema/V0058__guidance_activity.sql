-- Activities of guidance centres (指导活动).
CREATE TABLE IF NOT EXISTS guidance_activity (
  centre_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of their recording.
  id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.GuidanceActivity.
  message   BLOB NOT NULL,
  -- Serves the activities of a centre.
  PRIMARY KEY (centre_id, id),
  CONSTRAINT guidance_activity_of FOREIGN KEY (centre_id) REFERENCES guidance_centre (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
