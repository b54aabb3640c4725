-- An attempt that turned out to be right does not count.
UPDATE limit_window SET attempts = attempts - 1
 WHERE form = :form AND address = :address AND attempts > 0
