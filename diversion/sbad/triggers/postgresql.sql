CREATE FUNCTION attendance_mark_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a mark is only added to';
END $$;

CREATE FUNCTION attendance_mark_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version IS DISTINCT FROM (
        SELECT coalesce(max(version), 0) + 1 FROM attendance_mark
        WHERE registration_id = NEW.registration_id
    ) THEN
        RAISE EXCEPTION 'a mark takes the next version only';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION roll_finish_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a finished roll stays finished';
END $$;

CREATE TRIGGER attendance_mark_kept BEFORE UPDATE OR DELETE ON attendance_mark
    FOR EACH ROW EXECUTE FUNCTION attendance_mark_kept();
CREATE TRIGGER attendance_mark_whole BEFORE TRUNCATE ON attendance_mark
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_mark_kept();
CREATE TRIGGER attendance_mark_next BEFORE INSERT ON attendance_mark
    FOR EACH ROW EXECUTE FUNCTION attendance_mark_next();
CREATE TRIGGER roll_finish_kept BEFORE UPDATE OR DELETE ON roll_finish
    FOR EACH ROW EXECUTE FUNCTION roll_finish_kept();
CREATE TRIGGER roll_finish_whole BEFORE TRUNCATE ON roll_finish
    FOR EACH STATEMENT EXECUTE FUNCTION roll_finish_kept();
