-- He works here no more; what he did stays under his name.
UPDATE staff SET disabled_at = coalesce(disabled_at, :now) WHERE lower(login) = lower(:login)
RETURNING staff_id
