#include "evidence/seal.h"

#include "base/lines.h"
#include "base/text.h"

namespace gw::evidence {
namespace {

constexpr std::string_view kHead = "sekisho evidence 1";

}  // namespace

std::string sums_of(const std::vector<File>& files) {
  std::string out;
  for (const File& file : files)
    out.append(to_hex(pki::sha256_of(as_bytes(file.content)))).append("  ").append(file.name).append("\n");
  return out;
}

std::string text_of(const Seal& seal) {
  std::string out(kHead);
  out.append("\nsha256 ").append(to_hex(seal.sums));
  return out.append("\nmade ").append(std::to_string(seal.made.count())).append("\n");
}

std::optional<Seal> parse_seal(std::string_view text) {
  Lines lines(text);
  const auto head = lines.take(kHead), digest = lines.take("sha256 "), made = lines.take("made ");
  if (!head || !digest || !made) return std::nullopt;
  const auto sums = octets_of_hex<32>(*digest);
  if (!sums) return std::nullopt;
  const Seal seal{*sums, std::chrono::seconds(parse_decimal(*made).value_or(0))};
  if (text_of(seal) != text) return std::nullopt;
  return seal;
}

}  // namespace gw::evidence
