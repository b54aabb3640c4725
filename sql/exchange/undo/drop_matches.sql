-- A registry that is undone has confirmed nothing.
DELETE FROM payment_match WHERE load_id = :load_id
