-- The released text of the ledger's guards on SQLite. Statements are parted by empty lines.
-- A line needs its seal: posting.entry_id is a deferred foreign key, and foreign_keys is ON.
-- REPLACE deletes the old row unseen by most guards, so each unique column is asked about by name.
CREATE TRIGGER posting_bi BEFORE INSERT ON posting BEGIN
  SELECT RAISE(ABORT, 'LEDGER: entry is sealed') WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id);
  SELECT RAISE(ABORT, 'LEDGER: line is not of the next entry') WHERE NEW.entry_id IS NOT (SELECT seq + 1 FROM chain_head);
  SELECT RAISE(ABORT, 'LEDGER: line exists') WHERE EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id
    AND (line = NEW.line OR (account = NEW.account AND sub = NEW.sub AND earmark = NEW.earmark)));
END

CREATE TRIGGER posting_bu BEFORE UPDATE ON posting BEGIN
  SELECT RAISE(ABORT, 'LEDGER: posting is append-only');
END

CREATE TRIGGER posting_bd BEFORE DELETE ON posting BEGIN
  SELECT RAISE(ABORT, 'LEDGER: posting is append-only');
END

CREATE TRIGGER receipt_number_bi BEFORE INSERT ON receipt_number BEGIN
  SELECT RAISE(ABORT, 'LEDGER: receipt: entry is sealed') WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id);
  SELECT RAISE(ABORT, 'LEDGER: receipt is not of the next entry') WHERE NEW.entry_id IS NOT (SELECT seq + 1 FROM chain_head);
  SELECT RAISE(ABORT, 'LEDGER: receipt exists') WHERE EXISTS (SELECT 1 FROM receipt_number
    WHERE id = NEW.id OR entry_id = NEW.entry_id OR (series = NEW.series AND number = NEW.number));
  SELECT RAISE(ABORT, 'LEDGER: receipt id not next') WHERE NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM receipt_number);
  SELECT RAISE(ABORT, 'LEDGER: receipt number not next') WHERE NEW.number IS NOT (SELECT last + 1 FROM series WHERE prefix = NEW.series);
  SELECT RAISE(ABORT, 'LEDGER: card reference used') WHERE NEW.mode = 'card' AND NOT NEW.imported
    AND EXISTS (SELECT 1 FROM receipt_number WHERE mode = 'card' AND NOT imported AND reference = NEW.reference);
  SELECT RAISE(ABORT, 'LEDGER: control character') WHERE NEW.series GLOB '*[^ -~]*' OR NEW.reference GLOB '*[^ -~]*';
END

CREATE TRIGGER receipt_number_ai AFTER INSERT ON receipt_number BEGIN
  UPDATE series SET last = NEW.number WHERE prefix = NEW.series;
END

CREATE TRIGGER receipt_number_bu BEFORE UPDATE ON receipt_number BEGIN
  SELECT RAISE(ABORT, 'LEDGER: receipt_number is append-only');
END

CREATE TRIGGER receipt_number_bd BEFORE DELETE ON receipt_number BEGIN
  SELECT RAISE(ABORT, 'LEDGER: receipt_number is append-only');
END

CREATE TRIGGER entry_bi BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'LEDGER: id not next') WHERE NEW.id IS NOT (SELECT seq + 1 FROM chain_head)
    OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM entry);
  SELECT RAISE(ABORT, 'LEDGER: chain broken') WHERE NEW.prev IS NOT (SELECT hash FROM chain_head);
  SELECT RAISE(ABORT, 'LEDGER: key used') WHERE EXISTS (SELECT 1 FROM entry WHERE key = NEW.key);
  SELECT RAISE(ABORT, 'LEDGER: reversed already') WHERE NEW.reverses IS NOT NULL
    AND EXISTS (SELECT 1 FROM entry WHERE reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'LEDGER: control character') WHERE NEW.key GLOB '*[^ -~]*' OR NEW.doc GLOB '*[^ -~]*'
    OR NEW.request_hash GLOB '*[^0-9A-F]*' OR NEW.memo_hash GLOB '*[^0-9A-F]*' OR NEW.hash GLOB '*[^0-9A-F]*'
    OR length(NEW.hash) <> 64 OR length(NEW.request_hash) <> 64 OR length(NEW.memo_hash) <> 64;
  SELECT RAISE(ABORT, 'LEDGER: line count or total') WHERE NEW.lines < 2
    OR NEW.lines IS NOT (SELECT count(*) FROM posting WHERE entry_id = NEW.id)
    OR NEW.lines IS NOT (SELECT max(line) FROM posting WHERE entry_id = NEW.id)
    OR NEW.total IS NOT (SELECT sum(CASE WHEN cents > 0 THEN cents ELSE 0 END) FROM posting WHERE entry_id = NEW.id);
  SELECT RAISE(ABORT, 'LEDGER: unbalanced') WHERE EXISTS (SELECT 1 FROM posting p JOIN account a ON a.code = p.account
    WHERE p.entry_id = NEW.id GROUP BY a.grp HAVING sum(p.cents) <> 0);
  SELECT RAISE(ABORT, 'LEDGER: account inactive') WHERE EXISTS (SELECT 1 FROM posting p JOIN account a ON a.code = p.account
    WHERE p.entry_id = NEW.id AND NOT a.active);
  SELECT RAISE(ABORT, 'LEDGER: sub-ledger key') WHERE EXISTS (SELECT 1 FROM posting p JOIN account a ON a.code = p.account
    WHERE p.entry_id = NEW.id AND ((a.sub = '') <> (p.sub = 0) OR p.sub < 0 OR (p.earmark <> 0 AND NOT a.earmarked)));
  SELECT RAISE(ABORT, 'LEDGER: group not for this event') WHERE EXISTS (SELECT 1 FROM posting p JOIN account a ON a.code = p.account
    WHERE p.entry_id = NEW.id AND a.grp NOT IN (SELECT grp FROM event_group WHERE event = NEW.event));
  SELECT RAISE(ABORT, 'LEDGER: account not for this event') WHERE NEW.reverses IS NULL
    AND EXISTS (SELECT 1 FROM posting p WHERE p.entry_id = NEW.id AND NOT EXISTS (SELECT 1 FROM event_account x
      WHERE x.event = NEW.event AND x.account = p.account AND x.side = CASE WHEN p.cents > 0 THEN 'D' ELSE 'C' END));
  SELECT RAISE(ABORT, 'LEDGER: period') WHERE NOT EXISTS (SELECT 1 FROM period r JOIN event_type t ON t.code = NEW.event
    WHERE r.id = NEW.period AND NEW.effective_on BETWEEN r.starts_on AND r.ends_on
    AND NEW.effective_on <= date(NEW.posted_at, '+1 day')
    AND (t.books = 'either' OR (t.books = 'before') = (r.id = 0))
    AND (r.state = 'open' OR (r.state = 'closing' AND (t.closing OR EXISTS (SELECT 1 FROM entry o
      JOIN event_type u ON u.code = o.event WHERE o.id = NEW.reverses AND u.closing)))));
  SELECT RAISE(ABORT, 'LEDGER: second person') WHERE NEW.approver = NEW.actor
    OR (NEW.approver IS NULL AND (SELECT second FROM event_type WHERE code = NEW.event));
  SELECT RAISE(ABORT, 'LEDGER: not kept apart') WHERE EXISTS (SELECT 1 FROM event_apart WHERE event = NEW.event)
    AND EXISTS (SELECT 1 FROM posting p
    JOIN posting q ON q.account = p.account AND q.sub = p.sub AND q.entry_id < NEW.id AND (q.cents > 0) <> (p.cents > 0)
    JOIN entry e ON e.id = q.entry_id JOIN event_apart x ON x.event = NEW.event AND x.of_event = e.event
    WHERE p.entry_id = NEW.id AND p.sub <> 0 AND (NEW.reverses IS NULL OR e.id = NEW.reverses)
    AND (e.actor IN (NEW.actor, NEW.approver) OR e.approver IN (NEW.actor, NEW.approver)))
    AND NOT (NEW.event IN ('DEPOSIT', 'STF_DEPOSIT')
    AND coalesce((SELECT is_on FROM office_switch ORDER BY id DESC LIMIT 1), false));
  SELECT RAISE(ABORT, 'LEDGER: reversal') WHERE (NEW.reverses IS NOT NULL)
    <> EXISTS (SELECT 1 FROM event_reverses WHERE event = NEW.event);
  SELECT RAISE(ABORT, 'LEDGER: reversal') WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entry o
    JOIN event_reverses x ON x.event = NEW.event AND x.of_event = o.event JOIN event_type t ON t.code = NEW.event
    WHERE o.id = NEW.reverses AND (o.period = 0) = (NEW.period = 0)
    AND (NOT t.same_day OR o.effective_on = NEW.effective_on));
  -- One way alone would accept a false reversal: compare both ways.
  SELECT RAISE(ABORT, 'LEDGER: reversal is not exact') WHERE NEW.reverses IS NOT NULL AND (
    EXISTS (SELECT account, sub, earmark, -cents FROM posting WHERE entry_id = NEW.reverses
      EXCEPT SELECT account, sub, earmark, cents FROM posting WHERE entry_id = NEW.id)
    OR EXISTS (SELECT account, sub, earmark, -cents FROM posting WHERE entry_id = NEW.id
      EXCEPT SELECT account, sub, earmark, cents FROM posting WHERE entry_id = NEW.reverses));
  SELECT RAISE(ABORT, 'LEDGER: receipt and event') WHERE (SELECT receipt FROM event_type WHERE code = NEW.event)
    <> EXISTS (SELECT 1 FROM receipt_number WHERE entry_id = NEW.id);
  SELECT RAISE(ABORT, 'LEDGER: receipt total') WHERE EXISTS (SELECT 1 FROM receipt_number n WHERE n.entry_id = NEW.id
    AND (n.imported <> (NEW.event = 'IMPORTED_RECEIPT')
      OR 1 IS NOT (SELECT count(*) FROM posting WHERE entry_id = NEW.id AND account IN (1010, 1030, 7010))
      OR NOT EXISTS (SELECT 1 FROM posting p WHERE p.entry_id = NEW.id AND p.account IN (1010, 1030, 7010)
        AND p.sub = n.id AND p.cents = n.cents)));
END

-- CHECK is asked about the row as proposed, so an upsert of a credit would fail: first zero, then add.
CREATE TRIGGER entry_ai AFTER INSERT ON entry BEGIN
  INSERT INTO balance (account, sub, earmark, sgn, debits, credits)
    SELECT p.account, p.sub, p.earmark, a.sgn, 0, 0 FROM posting p JOIN account a ON a.code = p.account
    WHERE p.entry_id = NEW.id AND NOT EXISTS (SELECT 1 FROM balance b
      WHERE b.account = p.account AND b.sub = p.sub AND b.earmark = p.earmark);
  UPDATE balance SET
    debits = debits + (SELECT max(p.cents, 0) FROM posting p WHERE p.entry_id = NEW.id
      AND p.account = balance.account AND p.sub = balance.sub AND p.earmark = balance.earmark),
    credits = credits + (SELECT max(-p.cents, 0) FROM posting p WHERE p.entry_id = NEW.id
      AND p.account = balance.account AND p.sub = balance.sub AND p.earmark = balance.earmark)
    WHERE (account, sub, earmark) IN (SELECT account, sub, earmark FROM posting WHERE entry_id = NEW.id);
  SELECT RAISE(ABORT, 'LEDGER: receivable is not deferred') WHERE EXISTS (SELECT 1 FROM posting p
    WHERE p.entry_id = NEW.id AND p.account IN (1200, 2500) AND
    (SELECT sum(b.debits - b.credits) FROM balance b WHERE b.account IN (1200, 2500) AND b.sub = p.sub) <> 0);
  SELECT RAISE(ABORT, 'LEDGER: receipt is not whole') WHERE EXISTS (SELECT 1 FROM posting p
    JOIN balance b ON b.account = p.account AND b.sub = p.sub LEFT JOIN receipt_number n ON n.id = p.sub
    WHERE p.entry_id = NEW.id AND p.account IN (1010, 7010)
    AND (n.id IS NULL OR b.debits - b.credits NOT IN (0, n.cents)));
  UPDATE chain_head SET seq = NEW.id, hash = NEW.hash WHERE id = 1;
END

CREATE TRIGGER entry_bu BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'LEDGER: entry is append-only');
END

CREATE TRIGGER entry_bd BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'LEDGER: entry is append-only');
END

CREATE TRIGGER balance_bi BEFORE INSERT ON balance BEGIN
  SELECT RAISE(ABORT, 'LEDGER: balances start at zero') WHERE NEW.debits <> 0 OR NEW.credits <> 0
    OR NEW.sgn IS NOT (SELECT sgn FROM account WHERE code = NEW.account);
  SELECT RAISE(ABORT, 'LEDGER: balance exists') WHERE EXISTS (SELECT 1 FROM balance
    WHERE account = NEW.account AND sub = NEW.sub AND earmark = NEW.earmark);
END

CREATE TRIGGER balance_bu BEFORE UPDATE ON balance BEGIN
  SELECT RAISE(ABORT, 'LEDGER: balances only grow') WHERE NEW.debits < OLD.debits OR NEW.credits < OLD.credits
    OR NEW.account <> OLD.account OR NEW.sub <> OLD.sub OR NEW.earmark <> OLD.earmark OR NEW.sgn <> OLD.sgn;
END

CREATE TRIGGER balance_bd BEFORE DELETE ON balance BEGIN
  SELECT RAISE(ABORT, 'LEDGER: balances stay');
END

CREATE TRIGGER chain_head_bi BEFORE INSERT ON chain_head BEGIN
  SELECT RAISE(ABORT, 'LEDGER: one head') WHERE EXISTS (SELECT 1 FROM chain_head);
END

CREATE TRIGGER chain_head_bu BEFORE UPDATE ON chain_head BEGIN
  SELECT RAISE(ABORT, 'LEDGER: head moves with an entry') WHERE NEW.seq <> OLD.seq + 1
    OR NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.seq AND hash = NEW.hash AND prev = OLD.hash);
END

CREATE TRIGGER chain_head_bd BEFORE DELETE ON chain_head BEGIN
  SELECT RAISE(ABORT, 'LEDGER: head stays');
END

CREATE TRIGGER series_bi BEFORE INSERT ON series BEGIN
  SELECT RAISE(ABORT, 'LEDGER: series start at zero') WHERE NEW.last <> 0 OR EXISTS (SELECT 1 FROM series WHERE prefix = NEW.prefix);
END

CREATE TRIGGER series_bu BEFORE UPDATE ON series BEGIN
  SELECT RAISE(ABORT, 'LEDGER: series moves with a receipt') WHERE NEW.prefix <> OLD.prefix OR NEW.last <> OLD.last + 1
    OR NOT EXISTS (SELECT 1 FROM receipt_number WHERE series = NEW.prefix AND number = NEW.last);
END

CREATE TRIGGER series_bd BEFORE DELETE ON series BEGIN
  SELECT RAISE(ABORT, 'LEDGER: series stay');
END

CREATE TRIGGER account_bu BEFORE UPDATE ON account BEGIN
  SELECT RAISE(ABORT, 'LEDGER: the chart is fixed') WHERE NEW.code <> OLD.code OR NEW.kind <> OLD.kind
    OR NEW.grp <> OLD.grp OR NEW.sgn <> OLD.sgn OR NEW.sub <> OLD.sub OR NEW.earmarked <> OLD.earmarked;
  SELECT RAISE(ABORT, 'LEDGER: money stands on this account') WHERE OLD.active AND NOT NEW.active
    AND EXISTS (SELECT 1 FROM balance WHERE account = OLD.code AND debits <> credits);
END

CREATE TRIGGER account_bd BEFORE DELETE ON account BEGIN
  SELECT RAISE(ABORT, 'LEDGER: the chart is fixed');
END

CREATE TRIGGER period_event_bu BEFORE UPDATE ON period_event BEGIN
  SELECT RAISE(ABORT, 'LEDGER: period_event is append-only');
END

CREATE TRIGGER period_event_bd BEFORE DELETE ON period_event BEGIN
  SELECT RAISE(ABORT, 'LEDGER: period_event is append-only');
END

-- A month opens by its first entry, also a late one, but never before a month that is closed.
CREATE TRIGGER period_bi BEFORE INSERT ON period BEGIN
  SELECT RAISE(ABORT, 'LEDGER: period exists') WHERE EXISTS (SELECT 1 FROM period WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'LEDGER: periods begin open') WHERE NEW.state <> 'open';
  SELECT RAISE(ABORT, 'LEDGER: a later period is closed') WHERE EXISTS (SELECT 1 FROM period
    WHERE id > NEW.id AND state IN ('closed', 'locked'));
END

CREATE TRIGGER period_bu BEFORE UPDATE ON period BEGIN
  SELECT RAISE(ABORT, 'LEDGER: period') WHERE OLD.state = 'locked' OR NEW.id <> OLD.id
    OR NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on OR (OLD.id = 0 AND OLD.state = 'closed');
  SELECT RAISE(ABORT, 'LEDGER: period skips a state') WHERE NEW.state <> OLD.state
    AND OLD.state || ' ' || NEW.state NOT IN ('open closing', 'open closed', 'closing open', 'closing closed',
      'closed open', 'closed locked');
  SELECT RAISE(ABORT, 'LEDGER: an earlier period is open') WHERE NEW.state = 'closed' AND NEW.id > 0
    AND EXISTS (SELECT 1 FROM period WHERE id BETWEEN 1 AND NEW.id - 1 AND state IN ('open', 'closing'));
  SELECT RAISE(ABORT, 'LEDGER: a later period is closed') WHERE OLD.state = 'closed' AND NEW.state = 'open'
    AND EXISTS (SELECT 1 FROM period WHERE id > NEW.id AND state IN ('closed', 'locked'));
  SELECT RAISE(ABORT, 'LEDGER: period moves with its event') WHERE NEW.state <> OLD.state
    AND NOT EXISTS (SELECT 1 FROM period_event v WHERE v.id = (SELECT max(id) FROM period_event WHERE period_id = NEW.id)
      AND v.state = NEW.state AND v.last_entry = (SELECT seq FROM chain_head) AND v.approver IS NOT v.actor
      AND (OLD.state <> 'closed' OR v.approver IS NOT NULL));
END

CREATE TRIGGER period_bd BEFORE DELETE ON period BEGIN
  SELECT RAISE(ABORT, 'LEDGER: periods stay');
END

-- Small-office mode holds for the entries after the one at which it was switched.
CREATE TRIGGER office_switch_bi BEFORE INSERT ON office_switch BEGIN
  SELECT RAISE(ABORT, 'LEDGER: switched so already') WHERE NEW.is_on
    IS coalesce((SELECT is_on FROM office_switch ORDER BY id DESC LIMIT 1), false);
  SELECT RAISE(ABORT, 'LEDGER: switched for what follows') WHERE NEW.after_entry IS NOT (SELECT seq FROM chain_head)
    OR NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM office_switch);
END

CREATE TRIGGER office_switch_bu BEFORE UPDATE ON office_switch BEGIN
  SELECT RAISE(ABORT, 'LEDGER: office_switch is append-only');
END

CREATE TRIGGER office_switch_bd BEFORE DELETE ON office_switch BEGIN
  SELECT RAISE(ABORT, 'LEDGER: office_switch is append-only');
END
