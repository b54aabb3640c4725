-- Where a payment of the account is booked: the service it was charged for last, else any known.
SELECT service_id FROM contribution_service(:account_id, :usual)
