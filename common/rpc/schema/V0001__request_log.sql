-- Answers of writes by (caller, request_id): the same request gets the same answer. The primary key refuses the second of
-- two at the same time. `digest` is keyed (HMAC), because a plain one of a personal form could be guessed.
CREATE TABLE IF NOT EXISTS request_log (
  caller VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest BINARY(32) NOT NULL,
  clearance TINYINT UNSIGNED NOT NULL,
  reply MEDIUMBLOB NOT NULL,
  create_time DATETIME(6) NOT NULL,
  PRIMARY KEY (caller, request_id),
  -- serves PurgeRequestLog
  KEY request_log_create_time (create_time)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
