-- What a form that was sent before has made: the order, and the bank's page once it is known.
-- A failed order, or one that was made long ago, is not sent again but made anew.
SELECT o.order_id, CAST(o.state AS text) AS state, f.url,
       o.state IN ('created', 'checked') AND o.expires_at > now()
       AND o.created_at > now() - make_interval(secs => :seconds) AS is_fresh
  FROM order_form f
  JOIN payment_order o USING (order_id)
 WHERE f.form = :form
