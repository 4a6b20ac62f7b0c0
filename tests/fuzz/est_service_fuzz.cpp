// The octets are a terminal's: the path that it asks for, its authorization, and the body of its request.

#include <cstdint>
#include <cstdlib>

#include "est/operation.h"
#include "est/service.h"

namespace est = gw::est;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gw::as_text(gw::Bytes(data, size));
  if (const auto target = est::read_path(text)) expect(est::path_of(*target) == text);
  if (const auto given = est::credentials_in(text)) expect(!given->ticket.view().empty());
  if (const auto request = est::read_enrolment("application/pkcs10", text))
    expect(*est::read_enrolment("application/pkcs10", text) == *request);
  return 0;
}
