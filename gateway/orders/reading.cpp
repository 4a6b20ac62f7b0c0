#include "orders/reading.h"

#include "config/value.h"
#include "config/versioned_file.h"
#include "model/cut.h"
#include "packs/fields.h"

namespace gw::orders {
namespace {

using config::Node;
using packs::Fields;

constexpr std::string_view kFence = "\n---\n";
constexpr std::size_t kMostReason = 128, kMostVersion = 64, kMostScope = 32, kMostScopes = 16;
constexpr std::uint32_t kMostHours = 720;
constexpr const char* kWanted = "say what is wanted: one of change, revoke, bundle, update and withdraw";

Error malformed(std::string why) { return {ErrorCode::order_malformed, std::move(why)}; }

Result<std::string> check_digest(std::string_view text) {
  if (model::is_fingerprint(std::string(text))) return std::string(text);
  return Error{ErrorCode::config_value_format, "write SHA-256 as 64 hexadecimal digits in lower case"};
}
Result<model::CivilSeconds> check_moment(std::string_view text) {
  GW_TRY(const config::Moment moment, config::Moment::parse(text));
  return moment.value;
}
Result<std::uint32_t> check_hours(std::string_view text) { return config::check_number(text, 1, kMostHours); }

/// What is wanted, by its key.
struct Row {
  std::string_view key;
  void (*read)(Fields& keys, Order& order);
};

void read_proposal(Fields& keys, Order& order) {
  keys.value("base", "give the digest of the confirmed change that it was written for", check_digest,
             order.wanted.emplace<Proposal>().base);
}
void read_revocation(Fields& keys, Order& order) {
  Revocation& wanted = order.wanted.emplace<Revocation>();
  keys.value("tenant", "name the terminal's tenant", config::check_name, wanted.tenant);
  keys.value("terminal", "name the terminal", config::check_name, wanted.terminal);
  keys.value_if_any("certificate", check_digest, wanted.certificate);
}
void read_request(Fields& keys, Order& order) {
  BundleRequest& wanted = order.wanted.emplace<BundleRequest>();
  keys.each(
      "scopes", kMostScopes,
      [&](const Node& item) {
        const auto scope = config::check_line(item.text, kMostScope);
        if (scope && item.kind == Node::Kind::text)
          wanted.scopes.push_back(*scope);
        else
          keys.problems().add(item.at, ErrorCode::config_value_format, "name a scope");
      },
      "list what the support file shall have");
  keys.value_if_any("hours", check_hours, wanted.hours);
}
void read_offer(Fields& keys, Order& order) {
  UpdateOffer& wanted = order.wanted.emplace<UpdateOffer>();
  keys.words("version", "give the image's version", kMostVersion, wanted.version);
  keys.value("sha256", "give the digest of the image's bundle", check_digest, wanted.sha256);
}
void read_withdrawal(Fields& keys, Order& order) {
  keys.value("order", "name the order that counts no more", config::check_name,
             order.wanted.emplace<Withdrawal>().order);
}
constexpr Row kRows[] = {{"change", read_proposal},
                         {"revoke", read_revocation},
                         {"bundle", read_request},
                         {"update", read_offer},
                         {"withdraw", read_withdrawal}};

const Node::Entry* entry_of(const Node& root, std::string_view key) {
  for (const Node::Entry& entry : root.entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

void read_wanted(const Node& root, Fields& fields, Order& order) {
  int found = 0;
  for (const Row& row : kRows) {
    if (entry_of(root, row.key) == nullptr) continue;
    ++found;
    const auto* entry = fields.group(row.key, kWanted, "a group of keys");
    if (entry == nullptr) continue;
    Fields keys(entry->value, fields.problems());
    row.read(keys, order);
    keys.finish();
  }
  if (found != 1) fields.problems().add(root.at, ErrorCode::config_key_missing, kWanted);
}

Order read_keys(const Node& root, config::Problems& problems) {
  Order order;
  Fields fields(root, problems);
  fields.version(root);
  fields.value("order", "give the order an id of its own", config::check_name, order.id);
  fields.value("box", "name the box by its site", config::check_name, order.box);
  fields.value("issued", "say when it was issued", check_moment, order.issued);
  fields.value("expires", "say until when it counts", check_moment, order.expires);
  fields.words("reason", "say why, for the clinic", kMostReason, order.reason);
  read_wanted(root, fields, order);
  fields.finish();
  return order;
}

}  // namespace

Document document_of(std::string_view text) {
  const std::size_t fence = text.find(kFence);
  if (fence == std::string_view::npos) return {text, {}};
  return {text.substr(0, fence + 1), text.substr(fence + kFence.size())};
}

Result<Order> read_head(std::string_view head) {
  config::Problems problems;
  Order order;
  if (const auto root = config::read_keys(head, kMostHead, "order", problems))
    order = read_keys(*root, problems);
  if (problems.errors() > 0) {
    const config::Problem first = problems.take().front();
    return malformed("line " + std::to_string(first.at.line) + ": " + first.text);
  }
  if (order.expires <= order.issued || order.expires - order.issued > Order::kMostLife)
    return malformed("it counts from when it is issued, and for 31 days at the most");
  if (const auto* wanted = std::get_if<Withdrawal>(&order.wanted); wanted && wanted->order == order.id)
    return malformed("it takes itself back");
  return order;
}

Result<Order> read_order(std::string_view text) {
  const Document document = document_of(text);
  GW_TRY(Order order, read_head(document.head));
  if (document.configuration.size() > kMostConfiguration)
    return malformed("its configuration is larger than 192 KiB");
  auto* proposal = std::get_if<Proposal>(&order.wanted);
  if ((proposal != nullptr) == document.configuration.empty())
    return malformed("a configuration stands behind a line `---` of an order for a change, and of no other");
  if (proposal != nullptr) proposal->configuration = document.configuration;
  return order;
}

}  // namespace gw::orders
