#pragma once

namespace gw::accounts {

/// The tables of accounts, as migrations of the database that holds them (store::Database::open). A version
/// is a place in one list, so whoever keeps other tables in the same file puts these, in their order, into
/// his own list, each where it was the latest, and never moves one.
///
/// What must never be is refused by the database as well: an account in use without a password or without a
/// second factor (ADM-01), and the removal of one, since records name it.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE accounts(
         id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, person TEXT NOT NULL, role TEXT NOT NULL,
         state TEXT NOT NULL CHECK (state IN ('nobody', 'invited', 'active', 'disabled')),
         why TEXT NOT NULL, password TEXT NOT NULL, former TEXT NOT NULL,
         totp BLOB NOT NULL, pending_totp BLOB NOT NULL, last_step INTEGER NOT NULL,
         certificate BLOB NOT NULL, recovery BLOB NOT NULL,
         invitation BLOB NOT NULL, invited_until INTEGER NOT NULL,
         made INTEGER NOT NULL, last_used INTEGER NOT NULL, ends INTEGER NOT NULL, strikes BLOB NOT NULL,
         CHECK (state <> 'active' OR (password <> '' AND (length(totp) > 0 OR length(certificate) = 32))),
         CHECK ((id = 0) = (state = 'nobody'))) STRICT;
       CREATE TRIGGER accounts_are_never_removed BEFORE DELETE ON accounts
         BEGIN SELECT RAISE(ABORT, 'accounts are never removed'); END;
       CREATE TABLE bootstrap(only INTEGER PRIMARY KEY CHECK (only = 1),
                              state TEXT NOT NULL CHECK (state IN ('waiting', 'used')),
                              secret BLOB NOT NULL, account INTEGER NOT NULL) STRICT;)",
};

}  // namespace gw::accounts
