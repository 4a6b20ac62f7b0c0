#pragma once

namespace gw::orders {

/// The tables of orders, as migrations of the database that holds them (store::Database::open); each stands
/// in its holder's one list where it was the latest.
///
/// An order that was taken is never taken again: its id stands here until after its end, and of those that
/// went from here the latest end is kept.
inline constexpr const char* kMigrations[] = {
    R"(CREATE TABLE orders(
         number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, head TEXT NOT NULL,
         expires INTEGER NOT NULL, taken INTEGER NOT NULL, state TEXT NOT NULL, change INTEGER NOT NULL,
         bundle INTEGER NOT NULL, by TEXT NOT NULL, ended INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
       CREATE INDEX orders_by_digest ON orders(digest);
       CREATE TABLE orders_forgotten(only INTEGER PRIMARY KEY CHECK (only = 1),
                                     until INTEGER NOT NULL) STRICT;
-- back
       DROP TABLE orders; DROP TABLE orders_forgotten;)",
    // From when on it stands here: what was issued before that, another book may have had.
    R"(CREATE TABLE orders_begun(only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL) STRICT;
-- back
       DROP TABLE orders_begun;)",
    // By which key it was signed: one that was taken before this was written down ends with the next look at
    // it. Whether the box was asked to do it already; and which order it takes back.
    R"(ALTER TABLE orders ADD COLUMN signer BLOB NOT NULL DEFAULT x'';
       ALTER TABLE orders ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
       ALTER TABLE orders ADD COLUMN takes_back TEXT NOT NULL DEFAULT '';
-- back
       ALTER TABLE orders DROP COLUMN takes_back;
       ALTER TABLE orders DROP COLUMN begun;
       ALTER TABLE orders DROP COLUMN signer;)",
};

}  // namespace gw::orders
