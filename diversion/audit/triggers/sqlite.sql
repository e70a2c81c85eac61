CREATE TRIGGER audit_row_next BEFORE INSERT ON audit_row
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_row)
BEGIN
    SELECT RAISE(ABORT, 'the log takes the next row only');
END;

CREATE TRIGGER audit_row_kept BEFORE UPDATE ON audit_row
BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

CREATE TRIGGER audit_row_stays BEFORE DELETE ON audit_row
BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

CREATE TRIGGER audit_object_next BEFORE INSERT ON audit_object
WHEN EXISTS (SELECT 1 FROM audit_object WHERE seq = NEW.seq AND place = NEW.place)
BEGIN
    SELECT RAISE(ABORT, 'the log takes the next row only');
END;

CREATE TRIGGER audit_object_kept BEFORE UPDATE ON audit_object
BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

CREATE TRIGGER audit_object_stays BEFORE DELETE ON audit_object
BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;
