#include "bundle/closed_words.h"

#include <set>

#include "accounts/permissions.h"
#include "api/operation.h"
#include "base/error.h"
#include "base/event.h"
#include "model/close_reason.h"
#include "model/finding.h"

namespace gw::bundle {
namespace {

/// Of a table whose rows are numbered from zero.
template <class Enumerator>
void add_all(std::set<std::string_view>& out, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out.insert(to_string(static_cast<Enumerator>(i)));
}

std::set<std::string_view> all_of_them() {
  std::set<std::string_view> out;
  add_all<ErrorCode>(out, error_code_count());
  add_all<EventId>(out, static_cast<std::size_t>(last_event()) + 1);
  add_all<model::CloseReason>(out, static_cast<std::size_t>(model::last_close_reason()) + 1);
  add_all<model::Finding>(out, static_cast<std::size_t>(model::last_finding()) + 1);
  add_all<accounts::Operation>(out, accounts::kOperations);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_event()); ++i)
    out.insert(sentence_of(static_cast<EventId>(i)));
  for (const api::Operation& one : api::operations()) out.insert(one.name);
  return out;
}

}  // namespace

bool is_closed_word(std::string_view text) {
  static const std::set<std::string_view> words = all_of_them();
  return words.contains(text);
}

}  // namespace gw::bundle
