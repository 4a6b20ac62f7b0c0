#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "orders/offer.h"

namespace {

using namespace gw;

void expect(bool condition) {
  if (!condition) std::abort();
}

/// What is read of one is whole, and the same again from what is kept of it.
void read(std::string_view document) {
  const auto order = orders::read_order(document);
  if (!order) return;
  expect(!order->id.empty() && !order->box.empty() && order->issued < order->expires);
  const auto again = orders::read_head(orders::document_of(document).head);
  expect(again && again->id == order->id && again->kind() == order->kind());
}

}  // namespace

/// Any octets: as an order whose signature was good, and as what a stranger hands over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  read(text);
  const auto sealed = orders::orders_in(text);
  if (!sealed) return 0;
  expect(sealed->size() <= orders::kMostOrders);
  std::size_t all = 0;
  for (const orders::Sealed& one : *sealed) {
    expect(one.signature.size() == pki::SignerKey::kSignature && !one.document.empty());
    all += one.signature.size() + one.document.size();
    read(one.document);
  }
  expect(all <= size);
  return 0;
}
