#pragma once

#include "https/server.h"
#include "web/edition.h"
#include "web/line.h"
#include "web/live.h"
#include "web/problem.h"
#include "web/rates.h"
#include "front/records.h"
#include "web/repeats.h"
#include "web/route.h"

namespace gw::web {

/// Answers the requests of administrators' browsers (ADM-11). Reads them and refuses what no administrator's
/// browser sends; whether somebody may have what he asks for is not known here: controld says it. One thread.
class Service {
 public:
  /// All outlive it.
  Service(Line& line, front::Records& records, const Clock& clock)
      : line_(line), records_(records), clock_(clock), live_(line) {}

  void use(EditionPtr edition) { edition_ = std::move(edition); }
  /// For an https::Handler.
  sys::Task<https::Answer> serve(const https::Exchange& exchange);

 private:
  /// A question that was found good, and how its answer is kept if it must not be carried out twice.
  struct Asked {
    const api::Operation& row;
    ipc::web::Ask ask;
    std::optional<Repeats::Digest> repeat{};
  };
  sys::Task<https::Answer> answer(const https::Exchange& exchange, Language language);
  sys::Task<https::Answer> open_live(const https::Exchange& exchange, Language language);
  ipc::web::Ask who_asks(const https::Exchange& exchange) const;
  sys::Task<https::Answer> carry_out(const Asked& asked, Language language);
  std::optional<Problem> turn_away(const https::Exchange& exchange);
  std::optional<Problem> hold_back(const api::Operation& row, const https::Exchange& exchange);
  std::variant<Asked, Problem> read(const https::Exchange& exchange, const Route& route,
                                    std::string_view query) const;
  std::variant<https::Answer, Problem, std::monostate> repeated(Asked& asked,
                                                                const https::Exchange& exchange);

  Line& line_;
  front::Records& records_;
  const Clock& clock_;
  EditionPtr edition_;
  Rates rates_{kOfOne};
  Rates strangers_{kOfStrangers};  // under one address: all of them
  Repeats repeats_;
  Live live_;
};

}  // namespace gw::web
