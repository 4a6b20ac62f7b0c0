#pragma once

#include <vector>

#include "papers/profile.h"

namespace gw::papers {

/// Why something has to be asked, the weightiest first.
enum class Reason : std::uint8_t {
  contradicted,  ///< the paper cannot mean what it prints
  unknown,
  unconfirmed,  ///< the paper mentions it, and nobody said that it is what terminals need
  ended,        ///< a certification whose printed end has passed
  superseded,   ///< judged by an edition that is not in force any more, or nobody knows whether it is
};
std::string_view to_string(Reason reason);

/// One question of the questionnaire; its words are the table's (`fact(about)`).
struct Question {
  FactId about{};
  Reason reason{};
  Party to = Party::vendor;
  std::optional<Day> asked{};
};

/// What has to be asked about a service, the vendor's questions first, else in the order of the table.
/// `today`: the day in Japan, for certifications that have ended.
std::vector<Question> questions_of(const Profile& profile, Day today);

}  // namespace gw::papers
