-- What blocks held earlier is kept as changes from now on, which take a tenth of the bytes: V0030.
DROP TABLE IF EXISTS measure_block_past;
