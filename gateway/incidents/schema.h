#pragma once

namespace gw::incidents {

/// The tables of incidents and contacts, as migrations of the database that holds them
/// (store::Database::open). Whoever keeps other tables in the same file puts these into his own list, each
/// where it was the latest, and never moves one. View `held_evidence` has what nothing may remove (INC-03).
///
/// What must never be is refused by the database as well: a change or the removal of an entry, and that
/// somebody lets go of what he froze himself.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE incident_entries(
         incident INTEGER NOT NULL CHECK (incident > 0), number INTEGER NOT NULL CHECK (number > 0),
         kind TEXT NOT NULL, written INTEGER NOT NULL, account INTEGER NOT NULL, by TEXT NOT NULL,
         what TEXT NOT NULL, at INTEGER NOT NULL, learnt INTEGER NOT NULL, words TEXT NOT NULL,
         evidence INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, record INTEGER NOT NULL,
         CHECK (kind <> 'frozen' OR (evidence > 0 AND first > 0)),
         PRIMARY KEY (incident, number)) STRICT, WITHOUT ROWID;
       CREATE INDEX incident_entries_of_evidence ON incident_entries(kind, evidence) WHERE evidence > 0;
       CREATE TRIGGER incident_entries_are_never_changed BEFORE UPDATE ON incident_entries
         BEGIN SELECT RAISE(ABORT, 'what was written of an incident is never changed'); END;
       CREATE TRIGGER incident_entries_are_never_removed BEFORE DELETE ON incident_entries
         BEGIN SELECT RAISE(ABORT, 'what was written of an incident is never removed'); END;
       CREATE TRIGGER a_second_person_lifts_a_hold BEFORE INSERT ON incident_entries WHEN NEW.kind = 'lifted'
         AND NEW.account IN (SELECT account FROM incident_entries WHERE kind = 'frozen'
                             AND evidence = NEW.evidence)
         BEGIN SELECT RAISE(ABORT, 'somebody else than who froze it lifts a hold'); END;
       CREATE VIEW held_evidence AS
         SELECT evidence, first FROM incident_entries WHERE kind = 'frozen' AND evidence NOT IN
           (SELECT evidence FROM incident_entries WHERE kind = 'lifted');)",
    // Who is told of an incident, and how (INC-02).
    R"(CREATE TABLE contact_entries(
         number INTEGER PRIMARY KEY, contact TEXT NOT NULL, kind TEXT NOT NULL, written INTEGER NOT NULL,
         account INTEGER NOT NULL, by TEXT NOT NULL, desk TEXT NOT NULL, main TEXT NOT NULL,
         alternative TEXT NOT NULL, hours TEXT NOT NULL, at INTEGER NOT NULL, works INTEGER NOT NULL,
         words TEXT NOT NULL, record INTEGER NOT NULL) STRICT;
       CREATE TRIGGER contact_entries_are_never_changed BEFORE UPDATE ON contact_entries
         BEGIN SELECT RAISE(ABORT, 'what was written of a contact is never changed'); END;
       CREATE TRIGGER contact_entries_are_never_removed BEFORE DELETE ON contact_entries
         BEGIN SELECT RAISE(ABORT, 'what was written of a contact is never removed'); END;)",
};

}  // namespace gw::incidents
