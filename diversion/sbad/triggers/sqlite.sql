CREATE TRIGGER attendance_mark_kept BEFORE UPDATE ON attendance_mark
BEGIN
    SELECT RAISE(ABORT, 'a mark is only added to');
END;

CREATE TRIGGER attendance_mark_stays BEFORE DELETE ON attendance_mark
BEGIN
    SELECT RAISE(ABORT, 'a mark is only added to');
END;

CREATE TRIGGER attendance_mark_next BEFORE INSERT ON attendance_mark
WHEN NEW.version IS NOT (
    SELECT coalesce(max(version), 0) + 1 FROM attendance_mark
    WHERE registration_id = NEW.registration_id
) OR EXISTS (SELECT 1 FROM attendance_mark WHERE op = NEW.op OR id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a mark takes the next version only');
END;

CREATE TRIGGER roll_finish_kept BEFORE UPDATE ON roll_finish
BEGIN
    SELECT RAISE(ABORT, 'a finished roll stays finished');
END;

CREATE TRIGGER roll_finish_stays BEFORE DELETE ON roll_finish
BEGIN
    SELECT RAISE(ABORT, 'a finished roll stays finished');
END;
