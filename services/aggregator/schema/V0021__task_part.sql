-- What a unit entered last of its part of a task of a plan (its document number); message is a tuoyu.indicator.v1.TaskPart.
-- The primary key serves the list of a plan's tasks.
CREATE TABLE IF NOT EXISTS task_part (
  plan    VARCHAR(64) NOT NULL,
  task    INT         NOT NULL,
  unit    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (plan, task, unit)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
