#include "audit/chain_text.h"

#include <algorithm>

#include "base/text.h"

namespace gw::audit {
namespace {

constexpr std::string_view kLinkName = ",\"link\":\"";
constexpr std::size_t kLinkDigits = 2 * std::tuple_size_v<Link>;

/// What stands between `name` and `end`, taken off the front with both; nothing if they do not stand there.
std::optional<std::string_view> take(std::string_view& text, std::string_view name, std::string_view end) {
  if (!text.starts_with(name)) return std::nullopt;
  const std::size_t at = text.find(end, name.size());
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(name.size(), at - name.size());
  text.remove_prefix(at + end.size());
  return value;
}

std::optional<std::uint64_t> take_number(std::string_view& text, std::string_view name,
                                         std::string_view end) {
  const auto digits = take(text, name, end);
  return digits ? parse_decimal(*digits) : std::nullopt;
}

/// Of digits as we write them: one text, one value.
std::optional<std::vector<std::uint8_t>> octets_in(const std::optional<std::string_view>& digits) {
  const auto octets = digits ? from_hex(*digits) : std::nullopt;
  if (!octets || to_hex(as_bytes(*octets)) != *digits) return std::nullopt;
  return std::vector<std::uint8_t>(octets->begin(), octets->end());
}

std::optional<Link> link_in(const std::optional<std::string_view>& digits) {
  const auto octets = octets_in(digits);
  Link out{};
  if (!octets || octets->size() != out.size()) return std::nullopt;
  std::ranges::copy(*octets, out.begin());
  return out;
}

}  // namespace

std::string write_head(std::uint64_t first, const Link& before) {
  return "{\"sekisho_records\":1,\"first\":" + std::to_string(first) + ",\"before\":\"" + to_hex(before) +
         "\"}\n";
}

std::string write_record(std::string_view line, const Link& link) {
  std::string text(line.substr(0, line.size() - 1));
  return text.append(kLinkName).append(to_hex(link)).append("\"}\n");
}

std::string write_checkpoint(const SignedCheckpoint& one) {
  return "{\"checkpoint\":" + std::to_string(one.checkpoint.number) +
         ",\"time\":" + std::to_string(one.checkpoint.time.count()) + ",\"of\":\"" +
         to_hex(one.checkpoint.link) + "\",\"signature\":\"" + to_hex(one.signature) + "\",\"key\":\"" +
         to_hex(one.public_key) + "\"}\n";
}

std::optional<Head> read_head(std::string_view text) {
  const auto first = take_number(text, "{\"sekisho_records\":1,\"first\":", ",");
  const auto before = link_in(take(text, "\"before\":\"", "\"}"));
  if (!first || !before || !text.empty()) return std::nullopt;
  return Head{*first, *before};
}

std::optional<Entry> read_record(std::string_view text) {
  const std::size_t tail = kLinkName.size() + kLinkDigits + 2;
  std::string_view front = text;
  const auto number = take_number(front, "{\"number\":", ",");
  if (!number || text.size() < tail) return std::nullopt;
  std::string_view rest = text.substr(text.size() - tail);
  const auto link = link_in(take(rest, kLinkName, "\"}"));
  if (!link || !rest.empty()) return std::nullopt;
  return Entry{*number, std::string(text.substr(0, text.size() - tail)) + "}", *link};
}

std::optional<SignedCheckpoint> read_checkpoint(std::string_view text) {
  const auto number = take_number(text, "{\"checkpoint\":", ",");
  const auto time = take_number(text, "\"time\":", ",");
  const auto link = link_in(take(text, "\"of\":\"", "\","));
  const auto signature = octets_in(take(text, "\"signature\":\"", "\","));
  const auto key = octets_in(take(text, "\"key\":\"", "\"}"));
  if (!number || !time || !link || !signature || !key || !text.empty()) return std::nullopt;
  return SignedCheckpoint{{*number, *link, std::chrono::seconds(*time)}, *signature, *key};
}

}  // namespace gw::audit
