#pragma once

#include <string>
#include <vector>

#include "base/event.h"
#include "model/endpoint_grade.h"

namespace gw::model {

/// What is otherwise than it was.
struct EndpointChange {
  EventId event{};
  std::string before{};
  std::string after{};
};
/// What was or is unknown has not changed.
std::vector<EndpointChange> changes_between(const EndpointGrade& before, const EndpointGrade& after);

}  // namespace gw::model
