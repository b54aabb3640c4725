-- `tidy`: messages we did not believe, once nobody will look for them (contract §7).
DELETE FROM refused_message WHERE received_at < now() - interval '90 days'
