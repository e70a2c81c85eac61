CREATE FUNCTION audit_row_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM audit_row) THEN
        RAISE EXCEPTION 'the log takes the next row only';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_object_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_object WHERE seq = NEW.seq AND place = NEW.place) THEN
        RAISE EXCEPTION 'the log takes the next row only';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is only added to';
END $$;

CREATE TRIGGER audit_row_next BEFORE INSERT ON audit_row
    FOR EACH ROW EXECUTE FUNCTION audit_row_next();
CREATE TRIGGER audit_row_kept BEFORE UPDATE OR DELETE ON audit_row
    FOR EACH ROW EXECUTE FUNCTION audit_kept();
CREATE TRIGGER audit_row_whole BEFORE TRUNCATE ON audit_row
    FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
CREATE TRIGGER audit_object_next BEFORE INSERT ON audit_object
    FOR EACH ROW EXECUTE FUNCTION audit_object_next();
CREATE TRIGGER audit_object_kept BEFORE UPDATE OR DELETE ON audit_object
    FOR EACH ROW EXECUTE FUNCTION audit_kept();
CREATE TRIGGER audit_object_whole BEFORE TRUNCATE ON audit_object
    FOR EACH STATEMENT EXECUTE FUNCTION audit_kept();
