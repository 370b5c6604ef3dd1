-- Guidance centres (托育服务指导中心).
CREATE TABLE IF NOT EXISTS guidance_centre (
  -- UUIDv7: in order of their recording.
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Counts the changes; the etag.
  revision BIGINT NOT NULL,
  -- tuoyu.filing.v1.GuidanceCentre.
  message  BLOB NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
