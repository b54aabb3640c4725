-- Houses an editor may mean: exactly this address, or the only ones that contain it.
SELECT house_id, address FROM house
 WHERE lower(address) = lower(:address) OR strpos(lower(address), lower(:address)) > 0
 ORDER BY lower(address) <> lower(:address), address
 LIMIT 2
