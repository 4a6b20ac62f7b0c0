#include "model/checkpoint.h"

#include "base/lines.h"
#include "base/text.h"

namespace gw::model {
namespace {

constexpr std::string_view kHead = "sekisho checkpoint 1\n";

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
  std::string text(kHead);
  text.append("number ").append(std::to_string(checkpoint.number)).append("\n");
  text.append("link ").append(to_hex(checkpoint.link)).append("\n");
  text.append("time ").append(std::to_string(checkpoint.time.count())).append("\n");
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const Error malformed{ErrorCode::message_malformed, "it is no checkpoint of records"};
  if (!text.starts_with(kHead)) return malformed;
  Lines lines(text.substr(kHead.size()));
  const auto number = lines.take("number "), link = lines.take("link "), time = lines.take("time ");
  if (!number || !link || !time) return malformed;
  Checkpoint out;
  out.number = parse_decimal(*number).value_or(0);
  out.time = std::chrono::seconds(parse_decimal(*time).value_or(0));
  const auto octets = octets_of_hex<32>(*link);
  if (out.number == 0 || !octets) return malformed;
  out.link = *octets;
  if (text_of(out) != text) return malformed;
  return out;
}

}  // namespace gw::model
