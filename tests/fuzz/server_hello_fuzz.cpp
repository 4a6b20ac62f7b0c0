#include <cstdint>
#include <cstdlib>

#include "tls/server_hello.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

enum class Answer { more, hello, alert, malformed };

Answer answer_to(gw::Bytes stream) {
  const auto read = gw::tls::read_server_hello(stream);
  if (!read) {
    expect(read.error().code == gw::ErrorCode::server_hello_malformed);
    return Answer::malformed;
  }
  if (std::holds_alternative<gw::tls::NeedMore>(*read)) return Answer::more;
  const auto* hello = std::get_if<gw::tls::ServerHello>(&*read);
  if (hello == nullptr) return Answer::alert;
  // What the narrower profile takes the wider one takes, too.
  using gw::model::ProfileName;
  const bool narrow = gw::tls::agreed_words(ProfileName::high_13, *hello).has_value();
  expect(!narrow || gw::tls::agreed_words(ProfileName::high_12, *hello).has_value());
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
  return 0;
}
