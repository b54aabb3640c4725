-- Which letters the subscriber has asked for.
SELECT kind FROM reminder WHERE subscriber_id = :subscriber_id ORDER BY kind
