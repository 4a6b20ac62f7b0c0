#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "ca/question.h"
#include "ca/register_text.h"
#include "ca/request.h"

namespace ca = gw::ca;

namespace {

/// The key of the seed's request; its private half is gone, so nobody can prove to have another.
constexpr std::string_view kKey =
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004551402b7ed82ebcfa651822eb5eb072d73a2"
    "06561f4e592b1474b80a22a9525a5af62fe0eda11e751aa94dc3b1816040b1824ade307224fe8d46c2498b27f375";

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes octets(data, size);
  if (const auto request = ca::Request::read(octets)) expect(gw::to_hex(request->key().der()) == kKey);
  if (const auto question = ca::Question::read(octets))
    expect(question->about().size() <= ca::kMaxQuestions && question->nonce().size() <= ca::kMaxNonce + 3);
  if (const auto terminals = ca::read_register(gw::as_text(octets)))
    expect(ca::to_text(*terminals) == gw::as_text(octets));
  return 0;
}
