#include <cstdint>
#include <cstdlib>
#include <variant>

#include "base/text.h"
#include "tls/client_hello.h"

namespace {

using gw::tls::ClientHello;
using gw::tls::NeedMore;

void expect(bool condition) {
  if (!condition) std::abort();
}

enum class Answer { more, hello, refused };

Answer answer_to(gw::Bytes stream) {
  const auto read = gw::tls::read_client_hello(stream);
  if (!read) {
    expect(read.error().code == gw::ErrorCode::client_hello_malformed);
    return Answer::refused;
  }
  const auto* hello = std::get_if<ClientHello>(&*read);
  if (hello == nullptr) return Answer::more;
  expect(hello->server_name.empty() || gw::is_host_name(hello->server_name));
  expect(hello->server_name == gw::to_lower(hello->server_name));
  return Answer::hello;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes stream(data, size);
  const Answer whole = answer_to(stream);
  // What is said of the first bytes stands, whatever follows: only "more" can become something else.
  const std::size_t stride = size / 64 + 1;
  for (std::size_t cut = 0; cut < size; cut += stride) {
    const Answer part = answer_to(stream.first(cut));
    expect(part == Answer::more || part == whole);
  }
  expect(whole != Answer::more || size <= 5 * gw::tls::kMaxHello / 4);
  return 0;
}
