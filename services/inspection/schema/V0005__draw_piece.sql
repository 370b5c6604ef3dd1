-- The record of a draw (tuoyu.inspection.v1.DrawRecord) in pieces of 1 MiB: the lists once frozen, all of it once drawn. 100,000
-- facilities are 10 MB.
CREATE TABLE IF NOT EXISTS draw_piece (
  draw_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number  INT NOT NULL,
  data    MEDIUMBLOB NOT NULL,
  PRIMARY KEY (draw_id, number),
  CONSTRAINT draw_piece_of FOREIGN KEY (draw_id) REFERENCES draw (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
