#pragma once

#include <string_view>

#include "base/result.h"
#include "orders/order.h"

namespace gw::orders {

/// Of a document: its keys, and the configuration that one has which proposes a change.
inline constexpr std::size_t kMostHead = 8 * 1024, kMostConfiguration = 192 * 1024;

/// A document taken apart at its first line `---`, which stands in front of a configuration.
struct Document {
  std::string_view head{}, configuration{};
};
Document document_of(std::string_view text);

/// The order that a document is, whoever signed it. Strict: no key too many, none twice, exactly one thing
/// that is wanted (gateway/doc/orders.md). order.malformed, with the line and what to write.
Result<Order> read_order(std::string_view document);
/// The same of its head alone, as it is kept; a proposal has no configuration then.
Result<Order> read_head(std::string_view head);

}  // namespace gw::orders
