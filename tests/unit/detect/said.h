#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "detect/detector.h"

namespace gw::detect {

/// Seconds after a Monday in 2026, with no holiday for nine weeks.
inline CivilTime at(std::chrono::seconds seconds) {
  return CivilTime(std::chrono::sys_days(std::chrono::year(2026) / 5 / 18)) + seconds;
}

using Texts = std::initializer_list<std::pair<Field, std::string_view>>;
inline model::Record record(EventId id, CivilTime time, const Texts& texts, std::string tenant = "karte") {
  Event event(id);
  for (const auto& [field, text] : texts) event.add(field, text);
  return {time, model::ClockState::right, "proxyd", std::move(tenant), std::move(event)};
}
inline model::Record by(std::string process, model::Record record) {
  record.process = std::move(process);
  return record;
}

inline model::Record refused(const std::string& source, std::string_view reason, CivilTime time) {
  return record(EventId::session_refused, time,
                {{Field::source, source}, {Field::listener, "emr"}, {Field::reason, reason}});
}
inline model::Record session(EventId id, const std::string& terminal, const std::string& from,
                             CivilTime time) {
  return record(
      id, time,
      {{Field::source, from}, {Field::terminal, terminal}, {Field::down_cert, "cert of " + terminal}});
}

/// "begun port_scan karte/10.1.1.9 x3".
inline std::string said(const Telling& telling) {
  constexpr const char* kSteps[] = {"begun", "still", "over"};
  const Episode& episode = telling.episode;
  return std::string(kSteps[static_cast<std::size_t>(telling.step)]) + " " +
         std::string(rule(episode.kind).id) + " " + episode.tenant + "/" + episode.subject + " x" +
         std::to_string(episode.count);
}
inline std::vector<std::string> said(const std::vector<Telling>& tellings) {
  std::vector<std::string> out;
  for (const Telling& one : tellings) out.push_back(said(one));
  return out;
}

}  // namespace gw::detect
