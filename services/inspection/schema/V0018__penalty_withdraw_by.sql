-- Last day by which a publication of whose annulment word came has to be withdrawn (行政处罚法 art. 48); 9999-12-31 when it is, or need not be.
ALTER TABLE penalty_case ADD COLUMN IF NOT EXISTS withdraw_by DATE NOT NULL DEFAULT '9999-12-31';
