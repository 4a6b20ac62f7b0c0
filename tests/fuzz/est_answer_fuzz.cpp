// The octets are an enrolment server's, first as an HTTP answer in two pieces, then as a bag of certificates.
// What is understood is within its bounds, and a bag that is written again holds the same.

#include <cstdint>
#include <cstdlib>

#include "est/answer.h"
#include "est/certs_only.h"

namespace est = gw::est;

namespace {

constexpr gw::model::CivilSeconds kNow{1'795'348'800};

void expect(bool holds) {
  if (!holds) std::abort();
}

void expect_same_again(const std::vector<gw::pki::X509Ptr>& all) {
  std::vector<est::Octets> octets;
  for (const gw::pki::X509Ptr& each : all) octets.push_back(gw::ca::encoded(i2d_X509, each.get()));
  const auto again = est::read_certs_only(est::write_certs_only(octets));
  expect(again && again->size() == all.size());
}

void read_as_answer(gw::Bytes octets) {
  gw::http::AnswerReader reader;
  const std::size_t half = octets.size() / 2;
  if (!reader.take(octets.first(half)) || !reader.take(octets.subspan(half))) return;
  if (!reader.is_whole() && !reader.end()) return;
  const auto answer = est::read_answer(reader.answer(), kNow);
  if (!answer) return;
  if (const auto* later = std::get_if<est::TryLater>(&*answer))
    expect(later->after.value_or(est::kLongestWait) <= est::kLongestWait);
  if (const auto* some = std::get_if<est::Certificates>(&*answer)) expect_same_again(some->all);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes octets(data, size);
  read_as_answer(octets);
  if (const auto bag = est::read_certs_only(octets)) expect_same_again(*bag);
  return 0;
}
