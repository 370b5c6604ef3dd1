-- Photos of visits and corrections (现场照片).
CREATE TABLE IF NOT EXISTS photo (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Whether all bytes are there and are what they claim to be.
  whole    TINYINT NOT NULL,
  -- When its first bytes came.
  begun_at DATETIME(6) NOT NULL,
  -- tuoyu.inspection.v1.Photo.
  message  BLOB NOT NULL,
  PRIMARY KEY (visit_id, id),
  -- Serves the deletion of what was never finished.
  KEY photo_unfinished (whole, begun_at),
  CONSTRAINT photo_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
