#include <cstdint>
#include <cstdlib>

#include "base/codec.h"
#include "proxy/proxy_header.h"
#include "support/proxy_header_reader.h"

namespace {

using gw::proxy::ProxyHeaderFacts;

void expect(bool condition) {
  if (!condition) std::abort();
}

/// The facts a fuzzer's bytes stand for, within the model's own limits.
ProxyHeaderFacts facts_in(gw::Bytes bytes) {
  gw::Reader reader(bytes);
  ProxyHeaderFacts facts;
  reader.field(facts.source);
  reader.field(facts.destination);
  reader.field(facts.session);
  reader.text(facts.server_name, 253);
  reader.text(facts.terminal, 63);
  reader.text(facts.tls_version, 16);
  const auto plain = [](const gw::model::IpAddress& a) {
    return gw::model::IpAddress(a.family(), a.octets());
  };
  facts.source.address = plain(facts.source.address);
  facts.destination.address = plain(facts.destination.address);
  // A connection has one family at both ends.
  if (facts.source.address.family() != facts.destination.address.family())
    facts.destination.address = facts.source.address;
  return facts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes bytes(data, size);
  // As a cloud's reader: any bytes at all.
  if (const auto foreign = gw::support::read_proxy_header(bytes)) expect(foreign->size <= size);

  const ProxyHeaderFacts facts = facts_in(bytes);
  const auto header = gw::proxy::proxy_header(facts);
  const auto read = gw::support::read_proxy_header(header);
  expect(read.has_value() && read->size == header.size());
  expect(read->source == facts.source && read->destination == facts.destination);
  expect(read->authority == facts.server_name && read->unique_id == std::to_string(facts.session));
  expect(read->tls && read->tls->verified && read->tls->certificate_on_connection);
  expect(read->tls->version == facts.tls_version && read->tls->common_name == facts.terminal);
  return 0;
}
