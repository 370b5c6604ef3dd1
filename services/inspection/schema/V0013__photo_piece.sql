-- The bytes of photos, in the pieces they came in.
CREATE TABLE IF NOT EXISTS photo_piece (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  photo_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Where they begin.
  begins   INT NOT NULL,
  data     MEDIUMBLOB NOT NULL,
  PRIMARY KEY (visit_id, photo_id, begins),
  CONSTRAINT photo_piece_of FOREIGN KEY (visit_id, photo_id) REFERENCES photo (visit_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
