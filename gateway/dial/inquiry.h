#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "dial/dialer.h"
#include "ipc/messages/proxy_dial.h"

namespace gw::dial {

/// What the responder sent, or why nothing came of it.
using InquiryOutcome = std::variant<ipc::dial::InquiryAnswered, ipc::dial::InquiryFailed>;

/// Asks an OCSP responder over plain HTTP (RFC 6960 A.1; SRV-03): dials it as a service is dialled, sends one
/// POST and reads one answer, bounded in time and size. No redirect is followed and nothing is kept. Neither
/// request nor answer is looked into: what they say is the asker's business. The responder must be in the
/// table, which the task keeps; reactor and dialer outlive it.
sys::Task<InquiryOutcome> inquire(sys::Reactor& reactor, Dialer& dialer, TablePtr table,
                                  const model::DialResponder& responder, std::vector<std::uint8_t> request,
                                  Instant deadline);

}  // namespace gw::dial
