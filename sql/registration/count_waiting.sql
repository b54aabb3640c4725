-- How many applications the desk has before it.
SELECT count(*) AS waiting FROM application WHERE state IN ('waiting', 'taken')
