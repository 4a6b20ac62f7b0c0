#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "config/problems.h"
#include "papers/fact.h"

namespace gw::papers {

using Day = std::chrono::sys_days;

/// Who answers for a part, or has to answer a question.
enum class Party : std::uint8_t { vendor, customer, carrier, supplier };
enum class Superseded : std::uint8_t { yes, no, unknown };

/// What a profile says under one key: what the vendor's paper says and where, or that nobody knows it yet.
struct Statement {
  enum class Standing : std::uint8_t { known, unknown };

  Standing standing = Standing::known;
  config::Position at{};
  std::string value{};  ///< as check_value left it; empty if unknown
  std::string where{};  ///< the place in the paper; may be empty if unknown
  std::string note{};
  Party owner = Party::vendor;             ///< who has to answer, if unknown or unconfirmed
  std::optional<Day> asked{};              ///< when; nothing: not yet
  std::optional<Day> confirmed{};          ///< Extra::confirmed
  std::optional<Day> until{};              ///< Extra::until; nothing: not printed
  Superseded superseded = Superseded::no;  ///< Extra::superseded

  bool is_unknown() const { return standing == Standing::unknown; }
};

/// Something that a paper cannot mean as it prints it. It is never evidence (NET-06): what it is about stands
/// as unknown until somebody has answered.
struct Contradiction {
  FactId about{};
  config::Position at{};
  std::string says{};  ///< in our words
  std::string where{};
};

/// A cloud service as its vendor's paper describes it. A draft: no paper is a specification of a connection.
struct Profile {
  std::string name{};
  std::vector<std::vector<Statement>> statements{};  ///< by FactId; none is empty
  std::vector<Contradiction> contradictions{};

  const std::vector<Statement>& of(FactId id) const { return statements[static_cast<std::size_t>(id)]; }
  /// What is known under a key of one value; empty if nothing is.
  const std::string& value_of(FactId id) const { return of(id).front().value; }
};

}  // namespace gw::papers
