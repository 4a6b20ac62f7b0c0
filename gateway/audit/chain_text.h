#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "model/checkpoint.h"

namespace gw::audit {

/// A checkpoint with its signature: ECDSA with SHA-256 over its text (model::text_of).
struct SignedCheckpoint {
  model::Checkpoint checkpoint{};
  std::vector<std::uint8_t> signature{};   ///< DER (RFC 3279 2.2.3)
  std::vector<std::uint8_t> public_key{};  ///< SubjectPublicKeyInfo, DER
};

// The chain as a file that an auditor takes along: a line each, JSON.
//
//   {"sekisho_records":1,"first":4711,"before":"…"}             what it begins with, and the link before that
//   {"number":4711,…,"link":"…"}                                a record: its line, with its link put to it
//   {"checkpoint":4711,"time":…,"of":"…","signature":"…","key":"…"}   behind the record it is about

std::string write_head(std::uint64_t first, const Link& before);
std::string write_record(std::string_view line, const Link& link);
std::string write_checkpoint(const SignedCheckpoint& checkpoint);

struct Head {
  std::uint64_t first = 0;
  Link before{};
};
struct Entry {
  std::uint64_t number = 0;
  std::string line{};  ///< as it was chained
  Link link{};
};
/// Without the line's end; nothing if it is none.
std::optional<Head> read_head(std::string_view text);
std::optional<Entry> read_record(std::string_view text);
std::optional<SignedCheckpoint> read_checkpoint(std::string_view text);

}  // namespace gw::audit
