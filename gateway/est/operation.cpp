#include "est/operation.h"

#include <algorithm>

namespace gw::est {
namespace {

constexpr std::string_view kPrefix = "/.well-known/est/";
constexpr std::size_t kLongestLabel = 64;

struct Row {
  Operation operation;
  std::string_view word;
  const char* method;
};
constexpr Row kRows[] = {
    {Operation::ca_certificates, "cacerts", "GET"},
    {Operation::enrol, "simpleenroll", "POST"},
    {Operation::enrol_again, "simplereenroll", "POST"},
    {Operation::request_attributes, "csrattrs", "GET"},
};
// Words of operations that we do not speak are no labels either (RFC 7030 3.2.2).
constexpr std::string_view kOtherWords[] = {"fullcmc", "serverkeygen"};

const Row& row(Operation operation) { return kRows[static_cast<std::size_t>(operation)]; }

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

const Row* row_named(std::string_view word) {
  const auto* it = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& candidate) { return candidate.word == word; });
  return it == std::end(kRows) ? nullptr : it;
}

}  // namespace

std::string path_of(const Target& target) {
  const std::string label = target.label.empty() ? "" : target.label + "/";
  return std::string(kPrefix) + label + std::string(row(target.operation).word);
}

std::optional<Target> read_path(std::string_view path) {
  if (!path.starts_with(kPrefix)) return std::nullopt;
  path.remove_prefix(kPrefix.size());
  const std::size_t slash = path.find('/');
  const std::string_view label = slash == std::string_view::npos ? "" : path.substr(0, slash);
  const Row* found = row_named(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (found == nullptr || (slash != std::string_view::npos && !is_label(label))) return std::nullopt;
  return Target{std::string(label), found->operation};
}

bool is_label(std::string_view text) {
  const bool is_word = row_named(text) != nullptr || std::find(std::begin(kOtherWords), std::end(kOtherWords),
                                                               text) != std::end(kOtherWords);
  const bool only_dots =
      text.find_first_not_of('.') == std::string_view::npos;  // would climb (RFC 3986 5.2.4)
  return !text.empty() && text.size() <= kLongestLabel && !is_word && !only_dots &&
         std::all_of(text.begin(), text.end(), is_unreserved);
}

const char* method_of(Operation operation) { return row(operation).method; }

}  // namespace gw::est
