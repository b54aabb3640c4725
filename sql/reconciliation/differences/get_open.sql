-- How many differences nobody has put right or settled, and by how much they differ, either way;
-- kopecks.
SELECT CAST(count(*) AS integer) AS count,
       CAST(coalesce(sum(abs(theirs - ours)), 0) AS bigint) AS amount
  FROM open_difference
