#include <cstdint>
#include <cstdlib>

#include "dial/dns_message.h"

namespace dns = gw::dial::dns;

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

void read(gw::Bytes message, const dns::Question& question) {
  const auto answer = dns::read_answer(message, question);
  if (!answer) return;
  expect((answer->verdict == dns::Verdict::found) == !answer->addresses.empty());
  expect(answer->addresses.size() <= dns::kMaxAddresses);
  expect(answer->ttl.count() >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes message(data, size);
  // Seeds answer one of these; the id is the message's own, or nothing would get past it.
  const auto id = static_cast<std::uint16_t>(size < 2 ? 0 : data[0] << 8 | data[1]);
  read(message, {id, dns::Type::a, "cloud.example"});
  read(message, {id, dns::Type::aaaa, "cloud.example"});
  return 0;
}
