-- Whether any house's address begins so.
SELECT EXISTS (SELECT FROM house WHERE starts_with(address, :town)) AS is_town
