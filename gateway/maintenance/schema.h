#pragma once

namespace gw::maintenance {

/// The tables of remote maintenance, as migrations of the database that holds them (store::Database::open).
/// Whoever keeps other tables in the same file puts these into his own list, each where it was the latest,
/// and never moves one.
///
/// What must never be is refused by the database as well: an approval by whoever asked (RMT-01), a way back
/// from an end, the removal of a request or an act, and a change of an act that has come to its end (RMT-02).
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE maintenances(
         id INTEGER PRIMARY KEY,
         state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'expired', 'withdrawn', 'open',
                                              'ended', 'reported')),
         requester INTEGER NOT NULL CHECK (requester <> 0), decider INTEGER NOT NULL CHECK (decider <> requester),
         emergency INTEGER NOT NULL CHECK (emergency IN (0, 1)), body BLOB NOT NULL,
         CHECK (state <> 'approved' OR decider <> 0),
         CHECK (state <> 'open' OR decider <> 0 OR emergency = 1)) STRICT;
       CREATE TRIGGER maintenances_are_never_removed BEFORE DELETE ON maintenances
         BEGIN SELECT RAISE(ABORT, 'maintenances are never removed'); END;
       CREATE TRIGGER maintenances_end_once BEFORE UPDATE ON maintenances
         WHEN (OLD.state IN ('refused', 'expired', 'withdrawn') AND NEW.state <> OLD.state)
           OR (OLD.state = 'ended' AND NEW.state NOT IN ('ended', 'reported'))
           OR (OLD.state = 'reported' AND NEW.state <> 'reported')
           OR OLD.requester <> NEW.requester
         BEGIN SELECT RAISE(ABORT, 'a maintenance that has ended stays so'); END;
       CREATE TABLE maintenance_acts(
         maintenance INTEGER NOT NULL REFERENCES maintenances(id), number INTEGER NOT NULL, work TEXT NOT NULL,
         begun INTEGER NOT NULL, detail TEXT NOT NULL,
         outcome TEXT NOT NULL CHECK (outcome IN ('', 'done', 'failed')), result TEXT NOT NULL,
         PRIMARY KEY (maintenance, number)) STRICT, WITHOUT ROWID;
       CREATE TRIGGER maintenance_acts_are_never_removed BEFORE DELETE ON maintenance_acts
         BEGIN SELECT RAISE(ABORT, 'what was done is never removed'); END;
       CREATE TRIGGER maintenance_acts_end_once BEFORE UPDATE ON maintenance_acts
         WHEN OLD.outcome <> '' OR OLD.maintenance <> NEW.maintenance OR OLD.number <> NEW.number
           OR OLD.work <> NEW.work OR OLD.begun <> NEW.begun OR OLD.detail <> NEW.detail
         BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
       CREATE TABLE maintenance_switch(only INTEGER PRIMARY KEY CHECK (only = 1),
                                       is_off INTEGER NOT NULL CHECK (is_off IN (0, 1))) STRICT;
       INSERT INTO maintenance_switch VALUES(1, 0);)",
};

}  // namespace gw::maintenance
