-- The login is deleted: its row stays for the payments that name it, and nothing of the person in it.
WITH sessions AS (DELETE FROM login_session WHERE subscriber_id = :subscriber_id),
     links AS (DELETE FROM subscriber_account WHERE subscriber_id = :subscriber_id),
     shares AS (DELETE FROM account_share WHERE relative_id = :subscriber_id),
     logins AS (DELETE FROM login_event WHERE subscriber_id = :subscriber_id),
     one_time AS (DELETE FROM one_time_password WHERE subscriber_id = :subscriber_id),
     reminders AS (DELETE FROM reminder WHERE subscriber_id = :subscriber_id),
     address AS (DELETE FROM email_change WHERE subscriber_id = :subscriber_id),
     enrolment AS (DELETE FROM totp_enrolment WHERE subscriber_id = :subscriber_id),
     refused AS (
         DELETE FROM email_refused
          WHERE email = (SELECT lower(email) FROM subscriber
                          WHERE subscriber_id = :subscriber_id)),
     codes AS (DELETE FROM recovery_code WHERE subscriber_id = :subscriber_id)
UPDATE subscriber
   SET email = 'deleted:' || subscriber_id,
       email_confirmed_at = NULL,
       password_hash = NULL,
       password_changed_at = NULL,
       totp_secret = NULL,
       totp_last_step = NULL,
       consent_at = NULL,
       consent_version = NULL,
       deleted_at = :now
 WHERE subscriber_id = :subscriber_id
