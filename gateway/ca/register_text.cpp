#include "ca/register_text.h"

#include <algorithm>

#include "base/text.h"

namespace gw::ca {
namespace {

constexpr std::string_view kHead = "sekisho-register 1";
constexpr std::size_t kFields = 10;

template <class E, std::size_t size>
std::string_view text_of(E value, const std::array<Word<E>, size>& words) {
  for (const auto& word : words)
    if (word.value == value) return word.text;
  GW_CHECK(false, "every value has its word");
}
template <class E, std::size_t size>
bool take(std::string_view text, const std::array<Word<E>, size>& words, E& value) {
  for (const auto& word : words) {
    if (word.text != text) continue;
    value = word.value;
    return true;
  }
  return false;
}
bool take(std::string_view text, model::CivilSeconds& value) {
  const auto number = parse_decimal(text);
  constexpr std::uint64_t kYear10000 = 253'402'300'800;
  if (!number || *number >= kYear10000) return false;
  value = model::CivilSeconds(*number);
  return true;
}
bool take(std::string_view text, pki::Sha256& value) {
  const auto octets = octets_of_hex<32>(text);
  if (octets) value = *octets;
  return octets.has_value();
}

std::string line_of(const Enrolled& entry) {
  std::string line = entry.name.tenant + " " + entry.name.terminal + " " + entry.serial.hex();
  for (const auto time : {entry.not_before, entry.not_after}) line += " " + std::to_string(time.count());
  line += " " + to_hex(entry.certificate) + " " + to_hex(entry.key) + " ";
  line.append(text_of(entry.standing, kStandingWords))
      .append(" " + std::to_string(entry.since.count()) + " ");
  return line.append(text_of(entry.reason, kReasonWords));
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<Enrolled> read_line(std::string_view line) {
  const std::vector<std::string_view> parts = split(line, ' ');
  if (parts.size() != kFields) return std::nullopt;
  const auto name = terminal_named(model::terminal_uri(std::string(parts[0]), std::string(parts[1])));
  const auto serial = Serial::of_hex(parts[2]);
  if (!name || !serial) return std::nullopt;
  Enrolled entry{*name, *serial};
  const bool taken = take(parts[3], entry.not_before) && take(parts[4], entry.not_after) &&
                     take(parts[5], entry.certificate) && take(parts[6], entry.key) &&
                     take(parts[7], kStandingWords, entry.standing) && take(parts[8], entry.since) &&
                     take(parts[9], kReasonWords, entry.reason);
  return taken && line_of(entry) == line ? std::optional(entry) : std::nullopt;
}

std::string tail(std::size_t count) { return "end " + std::to_string(count); }

}  // namespace

std::string to_text(const Register& of) {
  std::string text = std::string(kHead) + "\n";
  for (const Enrolled& entry : of.entries()) text += line_of(entry) + "\n";
  return text + tail(of.entries().size()) + "\n";
}

Result<Register> read_register(std::string_view text) {
  const auto unreadable = [](const std::string& why) { return Error{ErrorCode::register_unreadable, why}; };
  const std::vector<std::string_view> lines = split(text, '\n');
  // The last line ends, too, so that there is an empty one behind it.
  if (lines.size() < 3 || lines.front() != kHead || !lines.back().empty())
    return unreadable("it is no register of this version");
  const std::size_t count = lines.size() - 3;
  if (lines[count + 1] != tail(count)) return unreadable("its end is missing, or lines of it are");
  std::vector<Enrolled> entries;
  for (std::size_t i = 1; i <= count; ++i) {
    auto entry = read_line(lines[i]);
    if (!entry) return unreadable("line " + std::to_string(i + 1) + " is not as it must be");
    entries.push_back(*std::move(entry));
  }
  return Register::of(std::move(entries));
}

}  // namespace gw::ca
