-- Last day by which an urgent plan has to be approved; 9999-12-31 when it is, or need not be.
ALTER TABLE plan ADD COLUMN IF NOT EXISTS approve_by DATE NOT NULL DEFAULT '9999-12-31';
