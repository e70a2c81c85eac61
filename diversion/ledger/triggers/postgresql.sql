-- The released text of the ledger's guards on PostgreSQL. Statements are parted by empty lines.
CREATE FUNCTION ledger_refuse(reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'LEDGER: ' || reason, ERRCODE = '23000';
END $$

CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ledger_refuse(TG_TABLE_NAME || ' is append-only');
  RETURN NULL;
END $$

-- The line of the next entry is no line of a sealed one.
CREATE FUNCTION ledger_posting_bi() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next integer;
BEGIN
  SELECT seq + 1 INTO next FROM chain_head FOR UPDATE;
  IF NEW.entry_id = next THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) THEN PERFORM ledger_refuse('entry is sealed'); END IF;
  PERFORM ledger_refuse('line is not of the next entry');
  RETURN NEW;
END $$

CREATE FUNCTION ledger_receipt_number_bi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) THEN PERFORM ledger_refuse('receipt: entry is sealed'); END IF;
  IF NEW.entry_id IS DISTINCT FROM (SELECT seq + 1 FROM chain_head FOR UPDATE) THEN
    PERFORM ledger_refuse('receipt is not of the next entry');
  END IF;
  IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM receipt_number) THEN PERFORM ledger_refuse('receipt id not next'); END IF;
  IF NEW.number IS DISTINCT FROM (SELECT last + 1 FROM series WHERE prefix = NEW.series FOR UPDATE) THEN
    PERFORM ledger_refuse('receipt number not next');
  END IF;
  IF NEW.series COLLATE "C" ~ '[^ -~]' OR NEW.reference COLLATE "C" ~ '[^ -~]' THEN
    PERFORM ledger_refuse('control character');
  END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_receipt_number_ai() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE series SET last = NEW.number WHERE prefix = NEW.series;
  RETURN NULL;
END $$

-- One way alone would accept a false reversal: compare both ways.
CREATE FUNCTION ledger_check_reversal(n entry) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entry WHERE reverses = n.reverses) THEN PERFORM ledger_refuse('reversed already'); END IF;
  IF NOT EXISTS (SELECT 1 FROM entry o JOIN event_reverses x ON x.event = n.event AND x.of_event = o.event
    JOIN event_type t ON t.code = n.event WHERE o.id = n.reverses AND (o.period = 0) = (n.period = 0)
    AND (NOT t.same_day OR o.effective_on = n.effective_on)) THEN
    PERFORM ledger_refuse('reversal');
  END IF;
  IF EXISTS (SELECT account, sub, earmark, -cents FROM posting WHERE entry_id = n.reverses
      EXCEPT SELECT account, sub, earmark, cents FROM posting WHERE entry_id = n.id)
    OR EXISTS (SELECT account, sub, earmark, -cents FROM posting WHERE entry_id = n.id
      EXCEPT SELECT account, sub, earmark, cents FROM posting WHERE entry_id = n.reverses) THEN
    PERFORM ledger_refuse('reversal is not exact');
  END IF;
END $$

-- Nobody clears what is the work of his own hands.
CREATE FUNCTION ledger_check_apart(n entry) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM posting p
    JOIN posting q ON q.account = p.account AND q.sub = p.sub AND q.entry_id < n.id AND (q.cents > 0) <> (p.cents > 0)
    JOIN entry e ON e.id = q.entry_id JOIN event_apart x ON x.event = n.event AND x.of_event = e.event
    WHERE p.entry_id = n.id AND p.sub <> 0 AND (n.reverses IS NULL OR e.id = n.reverses)
    AND (e.actor IN (n.actor, n.approver) OR e.approver IN (n.actor, n.approver)))
    AND NOT (n.event IN ('DEPOSIT', 'STF_DEPOSIT')
    AND coalesce((SELECT is_on FROM office_switch ORDER BY id DESC LIMIT 1), false)) THEN
    PERFORM ledger_refuse('not kept apart');
  END IF;
END $$

-- One query reads the lines for all that is asked of them and returns their text; a second one what is asked of the
-- event, the month and the receipt. All in one function, since everybody posts behind whoever holds the head: each call
-- of another, and each query, takes time anew. What few entries are asked stands behind an IF of its own: a query in a
-- condition is made ready even where AND skips it.
CREATE FUNCTION ledger_entry_bi() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head chain_head; found record; rule record;
BEGIN
  SELECT * INTO head FROM chain_head FOR UPDATE;
  IF NEW.id IS DISTINCT FROM head.seq + 1 THEN PERFORM ledger_refuse('id not next'); END IF;
  IF NEW.prev IS DISTINCT FROM head.hash THEN PERFORM ledger_refuse('chain broken'); END IF;
  IF NEW.key COLLATE "C" ~ '[^ -~]' OR NEW.doc COLLATE "C" ~ '[^ -~]' OR NEW.request_hash COLLATE "C" ~ '[^0-9A-F]'
    OR NEW.memo_hash COLLATE "C" ~ '[^0-9A-F]' OR length(NEW.request_hash) <> 64 OR length(NEW.memo_hash) <> 64 THEN
    PERFORM ledger_refuse('control character');
  END IF;
  SELECT count(*) = NEW.lines AND max(p.line) = NEW.lines AND sum(greatest(p.cents, 0)) = NEW.total AS counts,
    sum(p.cents) <> 0 OR min(a.grp) <> max(a.grp) AS doubtful, bool_or(NOT a.active) AS inactive,
    bool_or((a.sub = '') <> (p.sub = 0) OR p.sub < 0 OR (p.earmark <> 0 AND NOT a.earmarked)) AS misfiled,
    bool_or(g.grp IS NULL) AS strange, bool_or(NEW.reverses IS NULL AND x.account IS NULL) AS forbidden,
    string_agg(concat_ws(chr(31), p.line, p.account, p.sub, p.earmark, p.cents), chr(10) ORDER BY p.line) AS body
    INTO found FROM posting p JOIN account a ON a.code = p.account
    LEFT JOIN event_group g ON g.event = NEW.event AND g.grp = a.grp
    LEFT JOIN event_account x ON x.event = NEW.event AND x.account = p.account
      AND x.side = CASE WHEN p.cents > 0 THEN 'D' ELSE 'C' END
    WHERE p.entry_id = NEW.id;
  IF NEW.lines < 2 OR found.counts IS NOT TRUE THEN PERFORM ledger_refuse('line count or total'); END IF;
  IF found.doubtful THEN
    IF EXISTS (SELECT 1 FROM posting p JOIN account a ON a.code = p.account WHERE p.entry_id = NEW.id
      GROUP BY a.grp HAVING sum(p.cents) <> 0) THEN PERFORM ledger_refuse('unbalanced'); END IF;
  END IF;
  IF found.inactive THEN PERFORM ledger_refuse('account inactive'); END IF;
  IF found.misfiled THEN PERFORM ledger_refuse('sub-ledger key'); END IF;
  IF found.strange THEN PERFORM ledger_refuse('group not for this event'); END IF;
  IF found.forbidden THEN PERFORM ledger_refuse('account not for this event'); END IF;
  SELECT t.second, t.receipt, c.id AS numbered, c.cents, c.imported, r.state = 'closing' AND NOT t.closing AS late,
    EXISTS (SELECT 1 FROM event_apart WHERE event = NEW.event) AS apart,
    EXISTS (SELECT 1 FROM event_reverses WHERE event = NEW.event) AS turns_back,
    NEW.effective_on BETWEEN r.starts_on AND r.ends_on
    AND NEW.effective_on <= (NEW.posted_at AT TIME ZONE 'UTC')::date + 1
    AND (t.books = 'either' OR (t.books = 'before') = (r.id = 0)) AND r.state IN ('open', 'closing') AS in_time INTO rule
    FROM period r JOIN event_type t ON t.code = NEW.event LEFT JOIN receipt_number c ON c.entry_id = NEW.id
    WHERE r.id = NEW.period FOR SHARE OF r;
  IF rule.in_time IS NOT TRUE THEN PERFORM ledger_refuse('period'); END IF;
  IF rule.late THEN
    IF NOT EXISTS (SELECT 1 FROM entry o JOIN event_type u ON u.code = o.event
      WHERE o.id = NEW.reverses AND u.closing) THEN PERFORM ledger_refuse('period'); END IF;
  END IF;
  IF NEW.approver = NEW.actor OR (NEW.approver IS NULL AND rule.second) THEN PERFORM ledger_refuse('second person'); END IF;
  IF rule.apart THEN PERFORM ledger_check_apart(NEW); END IF;
  IF (NEW.reverses IS NOT NULL) <> rule.turns_back THEN PERFORM ledger_refuse('reversal'); END IF;
  IF NEW.reverses IS NOT NULL THEN PERFORM ledger_check_reversal(NEW); END IF;
  IF rule.receipt <> (rule.numbered IS NOT NULL) THEN PERFORM ledger_refuse('receipt and event'); END IF;
  IF rule.numbered IS NOT NULL THEN
    IF rule.imported <> (NEW.event = 'IMPORTED_RECEIPT') OR NOT EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.id
      AND account IN (1010, 1030, 7010) HAVING count(*) = 1 AND bool_and(sub = rule.numbered AND cents = rule.cents)) THEN
      PERFORM ledger_refuse('receipt total');
    END IF;
  END IF;
  IF NEW.hash IS DISTINCT FROM upper(encode(sha256(decode(NEW.prev, 'hex') || convert_to(concat_ws(chr(31), 'HTL1',
    NEW.id, NEW.key, NEW.request_hash, NEW.event, NEW.doc, to_char(NEW.effective_on, 'YYYY-MM-DD'),
    to_char(NEW.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), NEW.period, NEW.actor,
    coalesce(NEW.approver::text, ''), coalesce(NEW.reverses::text, ''), NEW.memo_hash, NEW.lines, NEW.total)
    || chr(10) || found.body, 'UTF8')), 'hex')) THEN
    PERFORM ledger_refuse('hash is wrong');
  END IF;
  RETURN NEW;
END $$

-- Most balances are there already and only move. The others are made, in the order of their keys, so that two posters
-- can't wait for each other; they alone stand at nothing then, since no line does.
CREATE FUNCTION ledger_entry_ai() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record; moved integer;
BEGIN
  UPDATE balance b SET debits = b.debits + greatest(p.cents, 0), credits = b.credits + greatest(-p.cents, 0)
    FROM posting p WHERE p.entry_id = NEW.id AND p.account = b.account AND p.sub = b.sub AND p.earmark = b.earmark;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved < NEW.lines THEN
    INSERT INTO balance (account, sub, earmark, sgn, debits, credits)
      SELECT p.account, p.sub, p.earmark, a.sgn, 0, 0 FROM posting p JOIN account a ON a.code = p.account
      WHERE p.entry_id = NEW.id ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
    UPDATE balance b SET debits = greatest(p.cents, 0), credits = greatest(-p.cents, 0)
      FROM posting p WHERE p.entry_id = NEW.id AND p.account = b.account AND p.sub = b.sub AND p.earmark = b.earmark
      AND b.debits = 0 AND b.credits = 0;
  END IF;
  IF EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.id AND account IN (1010, 1200, 2500, 7010)) THEN
    SELECT bool_or(p.account IN (1200, 2500) AND (SELECT sum(b.debits - b.credits) FROM balance b
        WHERE b.account IN (1200, 2500) AND b.sub = p.sub) <> 0) AS bare,
      bool_or(p.account IN (1010, 7010) AND EXISTS (SELECT 1 FROM balance b LEFT JOIN receipt_number n ON n.id = p.sub
        WHERE b.account = p.account AND b.sub = p.sub
        AND (n.id IS NULL OR b.debits - b.credits NOT IN (0, n.cents)))) AS cut
      INTO found FROM posting p WHERE p.entry_id = NEW.id;
    IF found.bare THEN PERFORM ledger_refuse('receivable is not deferred'); END IF;
    IF found.cut THEN PERFORM ledger_refuse('receipt is not whole'); END IF;
  END IF;
  UPDATE chain_head SET seq = NEW.id, hash = NEW.hash WHERE id = 1;
  RETURN NULL;
END $$

CREATE FUNCTION ledger_balance_bi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.sgn IS DISTINCT FROM (SELECT sgn FROM account WHERE code = NEW.account) THEN
    PERFORM ledger_refuse('balances start at zero');
  END IF;
  RETURN NEW;
END $$

-- Depth 1 is a statement of a person's own; the seal's trigger writes from below.
CREATE FUNCTION ledger_balance_bu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN PERFORM ledger_refuse('only an entry moves a balance'); END IF;
  IF NEW.debits < OLD.debits OR NEW.credits < OLD.credits OR (NEW.account, NEW.sub, NEW.earmark, NEW.sgn)
    <> (OLD.account, OLD.sub, OLD.earmark, OLD.sgn) THEN PERFORM ledger_refuse('balances only grow'); END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_chain_head_bu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> OLD.seq + 1 OR NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.seq AND hash = NEW.hash AND prev = OLD.hash) THEN
    PERFORM ledger_refuse('head moves with an entry');
  END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_series_bi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last <> 0 THEN PERFORM ledger_refuse('series start at zero'); END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_series_bu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.prefix <> OLD.prefix OR NEW.last <> OLD.last + 1
    OR NOT EXISTS (SELECT 1 FROM receipt_number WHERE series = NEW.prefix AND number = NEW.last) THEN
    PERFORM ledger_refuse('series moves with a receipt');
  END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_account_bu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.code, NEW.kind, NEW.grp, NEW.sgn, NEW.sub, NEW.earmarked)
    <> (OLD.code, OLD.kind, OLD.grp, OLD.sgn, OLD.sub, OLD.earmarked) THEN PERFORM ledger_refuse('the chart is fixed'); END IF;
  IF OLD.active AND NOT NEW.active AND EXISTS (SELECT 1 FROM balance
    WHERE account = OLD.code AND debits <> credits) THEN PERFORM ledger_refuse('money stands on this account'); END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_period_bi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'open' THEN PERFORM ledger_refuse('periods begin open'); END IF;
  IF EXISTS (SELECT 1 FROM period WHERE id > NEW.id AND state IN ('closed', 'locked')) THEN
    PERFORM ledger_refuse('a later period is closed');
  END IF;
  RETURN NEW;
END $$

CREATE FUNCTION ledger_period_bu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'locked' OR (NEW.id, NEW.starts_on, NEW.ends_on) <> (OLD.id, OLD.starts_on, OLD.ends_on)
    OR (OLD.id = 0 AND OLD.state = 'closed') THEN PERFORM ledger_refuse('period'); END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  IF OLD.state || ' ' || NEW.state NOT IN ('open closing', 'open closed', 'closing open', 'closing closed',
    'closed open', 'closed locked') THEN PERFORM ledger_refuse('period skips a state'); END IF;
  IF NEW.state = 'closed' AND NEW.id > 0
    AND EXISTS (SELECT 1 FROM period WHERE id BETWEEN 1 AND NEW.id - 1 AND state IN ('open', 'closing')) THEN
    PERFORM ledger_refuse('an earlier period is open');
  END IF;
  IF OLD.state = 'closed' AND NEW.state = 'open'
    AND EXISTS (SELECT 1 FROM period WHERE id > NEW.id AND state IN ('closed', 'locked')) THEN
    PERFORM ledger_refuse('a later period is closed');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM period_event v WHERE v.id = (SELECT max(id) FROM period_event WHERE period_id = NEW.id)
    AND v.state = NEW.state AND v.last_entry = (SELECT seq FROM chain_head) AND v.approver IS DISTINCT FROM v.actor
    AND (OLD.state <> 'closed' OR v.approver IS NOT NULL)) THEN PERFORM ledger_refuse('period moves with its event'); END IF;
  RETURN NEW;
END $$

-- Small-office mode holds for the entries after the one at which it was switched.
CREATE FUNCTION ledger_office_switch_bi() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.after_entry IS DISTINCT FROM (SELECT seq FROM chain_head FOR UPDATE)
    OR NEW.id IS DISTINCT FROM (SELECT coalesce(max(id), 0) + 1 FROM office_switch) THEN
    PERFORM ledger_refuse('switched for what follows');
  END IF;
  IF NEW.is_on = coalesce((SELECT is_on FROM office_switch ORDER BY id DESC LIMIT 1), false) THEN
    PERFORM ledger_refuse('switched so already');
  END IF;
  RETURN NEW;
END $$

CREATE TRIGGER posting_bi BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION ledger_posting_bi()

CREATE TRIGGER posting_keep BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER posting_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER receipt_number_bi BEFORE INSERT ON receipt_number FOR EACH ROW EXECUTE FUNCTION ledger_receipt_number_bi()

CREATE TRIGGER receipt_number_ai AFTER INSERT ON receipt_number FOR EACH ROW EXECUTE FUNCTION ledger_receipt_number_ai()

CREATE TRIGGER receipt_number_keep BEFORE UPDATE OR DELETE ON receipt_number FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER receipt_number_truncate BEFORE TRUNCATE ON receipt_number FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER entry_bi BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_bi()

CREATE TRIGGER entry_ai AFTER INSERT ON entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_ai()

CREATE TRIGGER entry_keep BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER entry_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER balance_bi BEFORE INSERT ON balance FOR EACH ROW EXECUTE FUNCTION ledger_balance_bi()

CREATE TRIGGER balance_bu BEFORE UPDATE ON balance FOR EACH ROW EXECUTE FUNCTION ledger_balance_bu()

CREATE TRIGGER balance_keep BEFORE DELETE ON balance FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER balance_truncate BEFORE TRUNCATE ON balance FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER chain_head_bu BEFORE UPDATE ON chain_head FOR EACH ROW EXECUTE FUNCTION ledger_chain_head_bu()

CREATE TRIGGER chain_head_keep BEFORE DELETE ON chain_head FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER chain_head_truncate BEFORE TRUNCATE ON chain_head FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER series_bi BEFORE INSERT ON series FOR EACH ROW EXECUTE FUNCTION ledger_series_bi()

CREATE TRIGGER series_bu BEFORE UPDATE ON series FOR EACH ROW EXECUTE FUNCTION ledger_series_bu()

CREATE TRIGGER series_keep BEFORE DELETE ON series FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER account_bu BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION ledger_account_bu()

CREATE TRIGGER account_keep BEFORE DELETE ON account FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER period_event_keep BEFORE UPDATE OR DELETE ON period_event FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER period_event_truncate BEFORE TRUNCATE ON period_event FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER period_bi BEFORE INSERT ON period FOR EACH ROW EXECUTE FUNCTION ledger_period_bi()

CREATE TRIGGER period_bu BEFORE UPDATE ON period FOR EACH ROW EXECUTE FUNCTION ledger_period_bu()

CREATE TRIGGER period_keep BEFORE DELETE ON period FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER office_switch_bi BEFORE INSERT ON office_switch FOR EACH ROW EXECUTE FUNCTION ledger_office_switch_bi()

CREATE TRIGGER office_switch_keep BEFORE UPDATE OR DELETE ON office_switch FOR EACH ROW EXECUTE FUNCTION ledger_append_only()

CREATE TRIGGER office_switch_truncate BEFORE TRUNCATE ON office_switch FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()
