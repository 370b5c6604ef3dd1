-- Reports of progress, never changed; message is a tuoyu.indicator.v1.TaskProgress. The primary key, read backwards, serves
-- the list of a task's reports.
CREATE TABLE IF NOT EXISTS task_progress (
  plan    VARCHAR(64) NOT NULL,
  task    INT         NOT NULL,
  day     DATE        NOT NULL,
  id      CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (plan, task, day, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
