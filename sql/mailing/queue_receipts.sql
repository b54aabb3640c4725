-- Letters of a mailing; whoever runs beside us may have queued some of them already.
INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, period, is_bulk, facts)
SELECT message_id, 'receipt', recipient, subscriber_id, account_id, :period, true,
       CAST(:facts AS bytea)
  FROM unnest(CAST(:message_ids AS text[]), CAST(:recipients AS text[]),
              CAST(:subscribers AS integer[]), CAST(:accounts AS integer[]))
    AS one (message_id, recipient, subscriber_id, account_id)
    ON CONFLICT (name, account_id, period, subscriber_id) WHERE period IS NOT NULL DO NOTHING
