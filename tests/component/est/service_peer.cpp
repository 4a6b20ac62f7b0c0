// An EST server's inside, for strangers to try: a site's authority behind the product's own forms. Questions
// are lines of "PATH TYPE AUTHORIZATION BODY", answers lines of "STATUS TYPE ENCODING AUTHENTICATE LATER
// BODY"; each word in base64, "-" for none.

#include <chrono>
#include <iostream>
#include <sstream>

#include "base/clock.h"
#include "ca/serial.h"
#include "est/operation.h"
#include "est/service.h"
#include "unit/ca/site_authority.h"

namespace gw::est {
namespace {

constexpr std::string_view kTicket = "k7mh-x2pq";

model::CivilSeconds now() {
  return std::chrono::floor<std::chrono::seconds>(system_clock().civil_now()).time_since_epoch();
}

struct Question {
  std::string path{}, type{}, authorization{}, body{};
};

ServiceAnswer enrol(const Question& question, const ca::SiteAuthority& site) {
  const auto given = credentials_in(question.authorization);
  if (!given || given->ticket.view() != kTicket) return who_are_you_answer();
  const auto request = read_enrolment(question.type, question.body);
  if (!request) return refusal_answer(400, request.error().detail);
  const auto issued =
      ca::issue(ca::Request::read(*request)->key(), ca::profile_named("terminal"), ca::terminal_order("ct-1"),
                site.certificate.get(), ca::Serial::random(), now(), *site.key);
  return issued ? certificates_answer({*issued}) : refusal_answer(403, issued.error().detail);
}

ServiceAnswer answer(const Question& question, const ca::SiteAuthority& site) {
  const auto target = read_path(question.path);
  if (!target) return refusal_answer(404, "no such operation");
  switch (target->operation) {
    case Operation::ca_certificates:
      return certificates_answer({site.der, site.root_der});
    case Operation::request_attributes:
      return attributes_answer();
    case Operation::enrol:
      return enrol(question, site);
    case Operation::enrol_again:
      return later_answer(std::chrono::seconds(120));
  }
  return refusal_answer(404, "no such operation");
}

std::string word_in(std::istream& line) {
  std::string word;
  line >> word;
  const auto octets = word == "-" ? std::nullopt : from_base64(word);
  return octets ? std::string(as_text(*octets)) : "";
}
std::string word_of(const std::string& text) { return text.empty() ? "-" : to_base64(as_bytes(text)); }

void serve() {
  const ca::SiteAuthority site("p384 site", now());
  std::cout << word_of(ca::pem_of(site.root_der)) << std::endl;
  for (std::string text; std::getline(std::cin, text);) {
    std::istringstream line(text);
    Question question;
    for (std::string* part : {&question.path, &question.type, &question.authorization, &question.body})
      *part = word_in(line);
    const ServiceAnswer said = answer(question, site);
    std::cout << said.status << ' ' << word_of(said.content_type) << ' ' << word_of(said.transfer_encoding)
              << ' ' << word_of(said.authenticate) << ' ' << word_of(said.retry_after) << ' '
              << word_of(said.body) << std::endl;
  }
}

}  // namespace
}  // namespace gw::est

int main() { gw::est::serve(); }
