#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/codec.h"
#include "model/configuration.h"

namespace gw::model {

/// One thing that must not work, tried on the running box (ISO-09).
struct ProofCase {
  enum class Outcome : std::uint8_t {
    held,      ///< it did not work
    broken,    ///< it worked: a wall is gone
    unproven,  ///< it could not be tried, so nothing is known
  };

  std::string way{};     ///< "W1" to "W8" of the wrap-around paths, or the control it belongs to
  std::string place{};   ///< in whose place it was tried: "proxyd", "ns wan", ...
  std::string tenant{};  ///< whose compartment; empty: it concerns every tenant
  std::string tried{};   ///< "connect_out", "tcp to 10.1.0.1:8443, listener of imaging"
  Outcome outcome = Outcome::unproven;
  std::string evidence{};  ///< what was observed
};

/// All that was tried in one go.
struct Proof {
  std::string site{};  ///< as the configuration in force names it
  Generation generation{};
  std::chrono::milliseconds began{0};  ///< since 1970, UTC
  std::chrono::milliseconds ended{0};
  std::vector<ProofCase> cases{};
};

inline constexpr std::size_t kMaxProofText = 200;
inline constexpr std::size_t kMaxProofCases = 50'000;

std::string_view to_string(ProofCase::Outcome outcome);
std::size_t count(const Proof& proof, ProofCase::Outcome outcome);
/// Everything was tried and held.
bool is_whole(const Proof& proof);

template <class Io>
void visit(Io& io, ProofCase& c) {
  io.text(c.way, 16);
  io.text(c.place, 32);
  io.text(c.tenant, kMaxName);
  io.text(c.tried, kMaxProofText);
  io.choice(c.outcome, ProofCase::Outcome::unproven);
  io.text(c.evidence, kMaxProofText);
}
template <class Io>
void visit(Io& io, Proof& p) {
  io.text(p.site, kMaxName);
  io.field(p.generation);
  io.field(p.began);
  io.field(p.ended);
  io.list(p.cases, kMaxProofCases);
}

}  // namespace gw::model
