-- One more attempt; the first one begins a window, and none of the later ones prolongs it.
INSERT INTO limit_window AS known (form, address, attempts, ends_at)
VALUES (:form, :address, 1, now() + :seconds * interval '1 second')
ON CONFLICT (form, address) DO UPDATE
   SET attempts = CASE WHEN known.ends_at > now() THEN known.attempts + 1 ELSE 1 END,
       ends_at = CASE WHEN known.ends_at > now() THEN known.ends_at ELSE excluded.ends_at END
RETURNING attempts, CAST(ceil(extract(epoch FROM ends_at - now())) AS integer) AS seconds_left
