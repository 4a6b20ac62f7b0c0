#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/endpoint_words.h"
#include "papers/profile.h"

namespace gw::papers {

/// What an endpoint's evidence says of it, cell by cell; what is not there was not observed.
using Observation = std::map<model::EndpointFact, std::string>;

/// What the box observed beside what a paper says (NET-06).
struct Compared {
  enum class Outcome : std::uint8_t { same, differs, paper_silent, not_observed };

  FactId about{};
  std::string stated{};    ///< as value_text() takes it; empty: the paper does not say
  std::string observed{};  ///< a cell of the evidence; empty: nothing was
  Outcome outcome{};
};

/// A row for each thing that both may speak of; of versions one for each.
std::vector<Compared> compare(const Profile& profile, const Observation& seen);

}  // namespace gw::papers
