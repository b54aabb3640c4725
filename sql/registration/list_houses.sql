-- Houses whose addresses have words that begin so; the shortest first: д. 1 before д. 14.
SELECT address
  FROM house
 WHERE address_words(address) @@ CAST(:words AS tsquery)
 ORDER BY length(address), address
 LIMIT :most
