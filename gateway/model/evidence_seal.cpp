#include "model/evidence_seal.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"

namespace gw::model {
namespace {

constexpr std::string_view kHead = "sekisho evidence 1";

}  // namespace

std::string text_of(const EvidenceSeal& seal) {
  std::string out(kHead);
  out.append("\nnumber ").append(std::to_string(seal.number));
  out.append("\nsha256 ").append(to_hex(seal.sums));
  return out.append("\nmade ").append(std::to_string(seal.made.count())).append("\n");
}

std::optional<EvidenceSeal> parse_evidence_seal(std::string_view text) {
  Lines lines(text);
  const auto head = lines.take(kHead), number = lines.take("number "), digest = lines.take("sha256 "),
             made = lines.take("made ");
  if (!head || !number || !digest || !made) return std::nullopt;
  const auto octets = from_hex(*digest);
  EvidenceSeal out;
  if (!octets || octets->size() != out.sums.size()) return std::nullopt;
  std::ranges::copy(as_bytes(*octets), out.sums.begin());
  out.number = parse_decimal(*number).value_or(0);
  out.made = std::chrono::seconds(parse_decimal(*made).value_or(0));
  if (text_of(out) != text) return std::nullopt;
  return out;
}

}  // namespace gw::model
