-- The application's role. It owns nothing: every migration says what the role may do with its tables.

DO $$
BEGIN
    CREATE ROLE lkcap_app NOLOGIN;
EXCEPTION
    -- roles are shared by all databases of a server: another one may have made it just now
    WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

GRANT USAGE ON SCHEMA public TO lkcap_app;
