-- Whether any letter may be sent now, but for the pace.
SELECT EXISTS (SELECT FROM letter
                WHERE state = 'queued' AND next_try_at <= now()
                  AND (taken_until IS NULL OR taken_until < now())) AS is_due
