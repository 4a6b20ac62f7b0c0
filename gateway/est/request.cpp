#include "est/request.h"

#include "base/text.h"
#include "est/media.h"
#include "http/http.h"

namespace gw::est {
namespace {

http::Request to(const model::ManagedIdentity& identity, Operation operation) {
  http::Request out;
  out.method = method_of(operation);
  out.target = path_of({identity.label, operation});
  out.host = identity.server_name;
  out.port = identity.port;
  return out;
}

http::Request with_body(http::Request request, Bytes pkcs10) {
  request.content_type = kRequestMedia;
  request.transfer_encoding = "base64";  // servers older than RFC 8951 want it, others pass over it (3.1)
  request.body = to_base64_lines(pkcs10);
  return request;
}

}  // namespace

Result<> check_server(const model::ManagedIdentity& identity) {
  if (!is_host_name(identity.server_name))
    return Error{ErrorCode::text_malformed, "the enrolment server's name is no host name"};
  if (!identity.label.empty() && !is_label(identity.label))
    return Error{ErrorCode::text_malformed,
                 "the enrolment server's label is no path segment (RFC 7030 3.2.2)"};
  return Done{};
}

std::string ask_for_authorities(const model::ManagedIdentity& identity) {
  return http::to_octets(to(identity, Operation::ca_certificates));
}

std::string ask_for_first(const model::ManagedIdentity& identity, Bytes request, std::string_view ticket) {
  http::Request out = with_body(to(identity, Operation::enrol), request);
  std::string pair = std::string(kTicketUser) + ":" + std::string(ticket);
  out.authorization = "Basic " + to_base64(as_bytes(pair));
  std::string octets = http::to_octets(out);
  wipe(pair.data(), pair.size());
  wipe(out.authorization.data(), out.authorization.size());
  return octets;
}

std::string ask_for_next(const model::ManagedIdentity& identity, Bytes request) {
  return http::to_octets(with_body(to(identity, Operation::enrol_again), request));
}

}  // namespace gw::est
