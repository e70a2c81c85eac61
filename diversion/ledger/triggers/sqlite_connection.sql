-- Made anew on each connection: a stored trigger may not call the program's function (trusted_schema is OFF).
CREATE TEMP TRIGGER entry_hash BEFORE INSERT ON main.entry BEGIN
  SELECT RAISE(ABORT, 'LEDGER: hash is wrong') WHERE NEW.hash IS NOT ledger_hash(NEW.prev,
    'HTL1' || char(31) || NEW.id || char(31) || NEW.key || char(31) || NEW.request_hash || char(31) || NEW.event
    || char(31) || NEW.doc || char(31) || NEW.effective_on || char(31) || strftime('%Y-%m-%dT%H:%M:%SZ', NEW.posted_at)
    || char(31) || NEW.period || char(31) || NEW.actor || char(31) || coalesce(NEW.approver, '')
    || char(31) || coalesce(NEW.reverses, '') || char(31) || NEW.memo_hash || char(31) || NEW.lines || char(31) || NEW.total
    || char(10) || (SELECT group_concat(row, char(10)) FROM (SELECT line || char(31) || account || char(31) || sub
      || char(31) || earmark || char(31) || cents AS row FROM posting WHERE entry_id = NEW.id ORDER BY line)));
END
