#include "grade_book.h"

#include <algorithm>

#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

using model::EndpointGrade;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kName = "grades";
constexpr std::size_t kMostBytes = 32u << 20;

struct Page {
  milliseconds last_round{0};
  std::vector<EndpointGrade> grades{};
};
template <class Io>
void visit(Io& io, Page& page) {
  io.field(page.last_round);
  io.list(page.grades, model::kMostServiceTrials);
}

/// FNV-1a (RFC 9923): the same in every process, and spread enough over a day.
std::uint32_t spread(const std::string& text) {
  std::uint32_t out = 2'166'136'261u;
  for (const char octet : text) out = (out ^ static_cast<std::uint8_t>(octet)) * 16'777'619u;
  return out;
}

}  // namespace

Result<> GradeBook::open(const std::string& folder, GradeBook& book) {
  book.folder_ = folder;
  const std::string path = folder + "/" + kName;
  GW_TRY(const auto bytes, sys::read_kept(path, kMostBytes));
  if (bytes.empty()) return Done{};
  Result<Page> page = decode<Page>(bytes);
  if (!page) return Error{ErrorCode::store_damaged, path};
  book.last_round_ = page->last_round;
  book.grades_ = std::move(page->grades);
  return Done{};
}

const EndpointGrade* GradeBook::of(const std::string& tenant, const std::string& service) const {
  const auto found = std::ranges::find_if(
      grades_, [&](const EndpointGrade& one) { return one.tenant == tenant && one.service == service; });
  return found == grades_.end() ? nullptr : &*found;
}

void GradeBook::put(EndpointGrade grade) {
  std::erase_if(grades_, [&](const EndpointGrade& one) {
    return one.tenant == grade.tenant && one.service == grade.service;
  });
  if (grades_.size() < model::kMostServiceTrials) grades_.push_back(std::move(grade));
}

Result<> GradeBook::close_round(const model::ServiceTrials& round) {
  const auto is_gone = [&](const EndpointGrade& grade) {
    if (std::ranges::find(round.silent, grade.tenant) != round.silent.end()) return false;
    return std::ranges::none_of(round.trials, [&](const model::ServiceTrial& one) {
      return one.tenant == grade.tenant && one.service == grade.service;
    });
  };
  std::erase_if(grades_, is_gone);
  last_round_ = round.ended;
  return sys::write_durably(folder_, kName, encode(Page{last_round_, grades_}));
}

milliseconds next_round(milliseconds last, milliseconds started, const std::string& site) {
  const seconds second_of_day(spread(site) % 86'400);
  if (last.count() == 0) return started + std::chrono::hours(1) + second_of_day % std::chrono::hours(1);
  const milliseconds earliest = last + days(6);
  const milliseconds that_day = std::chrono::floor<days>(earliest) + second_of_day;
  return that_day >= earliest ? that_day : that_day + days(1);
}

}  // namespace gw::supervisor
