#include "support/compartment.h"

#include <unistd.h>

#include "ipc/messages/proxy_dial.h"
#include "tls/provider.h"

namespace gw::support {
namespace {

constexpr const char* kServices[] = {"emr", "labs"};

model::Terminal terminal_named(std::uint32_t id, const std::string& name) {
  return {model::TerminalId(id), name, model::SanKind::uri, "urn:sekisho:clinic:" + name, false};
}

}  // namespace

/// As the daemon does it, so that every test runs on the product's own algorithms.
Compartment::ProductsAlgorithms::ProductsAlgorithms() {
  GW_CHECK(tls::install_provider(), "the provider can be installed");
}

Compartment::Compartment() : reactor_(*sys::Reactor::make(clock)), listeners_(2) {
  clock.set_civil(std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()));
  auto log = *ipc::Channel::pair();
  log_.emplace(std::move(log.first));
  sink_.emplace(log.second.release().release());
  worker_ = std::make_unique<proxy::Worker>(*reactor_, *sink_);
  auto dialer = *ipc::Channel::pair();
  dialer_.emplace(std::move(dialer.first));
  GW_CHECK(worker_->dialer().connect(dialer.second.release()), "a channel can be watched");

  tenant_.name = "clinic";
  tenant_.terminal_anchors = {{.pem = terminal_ca.pem()}};
  tenant_.terminals = {terminal_named(0, "t1"), terminal_named(1, "t2")};
  const Issued box =
      terminal_ca.issue({.name = "box", .alternative_names = "DNS:emr.box.example", .usage = "serverAuth"});
  const Issued client = cloud_ca.issue({.name = "box", .alternative_names = "URI:urn:sekisho:box"});
  key_pems = {{model::KeyId(0), box.key_pem}, {model::KeyId(1), client.key_pem}};
  for (const auto& [id, pem] : key_pems) own_keys_.emplace(id, *pki::read_private_key(Secret(pem)));
  for (std::uint16_t i = 0; i < 2; ++i) {
    model::Service service{.id = model::ServiceId(i), .name = kServices[i]};
    service.downstream.credential = {.chain_pem = box.chain_pem, .key = model::KeyId(0)};
    service.upstream.server_name = std::string(kServices[i]) + ".cloud.example";
    service.upstream.port = cloud_.endpoint.port;
    service.upstream.credential = {.chain_pem = client.chain_pem, .key = model::KeyId(1)};
    service.upstream.anchors = {{.pem = cloud_ca.pem()}};
    tenant_.services.push_back(service);
    tenant_.listeners.push_back({model::ListenerId(i), kServices[i], listeners_[i].endpoint, {service.id}});
  }
  tenant_.rules = {{model::RuleId(0), "t1-may-emr", {model::TerminalId(0)}, model::ServiceId(0), {}},
                   {model::RuleId(1), "t2-may-labs", {model::TerminalId(1)}, model::ServiceId(1), {}}};
  publish([](model::Tenant&) {});
}

Compartment::~Compartment() {
  worker_->drain();
  for (int i = 0; i < 100 && !worker_->empty(); ++i) advance(std::chrono::seconds(1));
  round();
}

Issued Compartment::terminal(const std::string& name, CertificateOptions options) const {
  options.name = name;
  if (options.alternative_names.empty()) options.alternative_names = "URI:urn:sekisho:clinic:" + name;
  return terminal_ca.issue(options);
}

Issued Compartment::cloud_server(CertificateOptions options) const {
  if (options.alternative_names.empty())
    options.alternative_names = "DNS:emr.cloud.example,DNS:labs.cloud.example";
  if (options.usage == "clientAuth") options.usage = "serverAuth";
  return cloud_ca.issue(options);
}

Result<tls::OwnKey> Compartment::key_of(model::KeyId key, model::TlsRole role) {
  if (keys_elsewhere) return tls::OwnKey(worker_->keys().key(model::Generation(generation_), key, role));
  return tls::OwnKey(own_keys_.at(key).get());
}

model::SnapshotPtr Compartment::snapshot_with(const std::function<void(model::Tenant&)>& change) const {
  model::Tenant changed = tenant_;
  change(changed);
  auto snapshot = model::Snapshot::make(model::Generation(generation_ + 1), changed);
  GW_CHECK(snapshot, "the test's tenant is consistent");
  return *snapshot;
}

ipc::compartment::Adopted Compartment::publish(const std::function<void(model::Tenant&)>& change) {
  change(tenant_);
  auto snapshot = model::Snapshot::make(model::Generation(++generation_), tenant_);
  GW_CHECK(snapshot, "the test's tenant is consistent");
  const auto keys = [this](model::KeyId key, model::TlsRole role) { return key_of(key, role); };
  const auto answers = [this](const model::Snapshot& published, const model::Service& service) {
    return worker_->answers().source(published.generation(), service);
  };
  auto edition = proxy::Edition::make(*snapshot, keys, answers, clock);
  GW_CHECK(edition, "the test's tenant can be served");
  std::vector<proxy::HandedListener> handed;
  for (const model::Listener& wanted : tenant_.listeners)
    for (const LoopbackListener& have : listeners_)
      if (have.endpoint == wanted.endpoint) handed.push_back({have.endpoint, UniqueFd(::dup(have.fd.get()))});
  return worker_->adopt(*edition, std::move(handed));
}

TlsPeer Compartment::connect(const PeerOptions& options, std::size_t listener) const {
  return TlsPeer::client(options, connect_to(listeners_[listener].endpoint));
}

PeerOptions Compartment::good_terminal(const std::string& name) const {
  return {.credential = terminal(name), .trusts = terminal_ca.pem()};
}

PeerOptions Compartment::good_cloud() const {
  return {.credential = cloud_server(), .trusts = cloud_ca.pem()};
}

void Compartment::round() {
  if (around_turn) around_turn(true);
  worker_->turn(std::chrono::milliseconds(0));
  if (around_turn) around_turn(false);
  play_dialer();
  read_records();
}

bool Compartment::until(const std::function<bool()>& holds) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < give_up) {
    if (holds()) return true;
    round();
  }
  return false;
}

void Compartment::advance(std::chrono::milliseconds by) {
  clock.advance(by);
  round();
  round();
}

void Compartment::play_dialer() {
  while (!dialer_silent) {
    auto frame = dialer_->receive();
    if (!frame || !*frame) return;
    if ((*frame)->type == ipc::type_number(ipc::dial::Msg::inquire)) {
      ++inquiries;
      if (responder) responder({(*frame)->request, *decode<ipc::dial::Inquire>((*frame)->body)});
      continue;
    }
    ++dials;
    if (dial_refusal) {
      const auto body = encode(ipc::dial::Failed{*dial_refusal});
      (void)dialer_->send(ipc::type_number(ipc::dial::Msg::failed), (*frame)->request, body);
      continue;
    }
    const model::Endpoint cloud = dialled_instead.value_or(cloud_.endpoint);
    const UniqueFd fd = connect_to(cloud);
    const auto body = encode(ipc::dial::Connected{cloud, name_took});
    (void)dialer_->send(ipc::type_number(ipc::dial::Msg::connected), (*frame)->request, body, {fd.get()});
  }
}

void Compartment::answer(const Inquired& inquired, std::vector<std::uint8_t> octets) {
  const ipc::dial::InquiryAnswered answered{std::move(octets)};
  (void)dialer_->send(ipc::type_number(ipc::dial::Msg::inquiry_answered), inquired.number, encode(answered));
}

void Compartment::fail(const Inquired& inquired, ipc::dial::InquiryTrouble trouble) {
  const ipc::dial::InquiryFailed failed{trouble};
  (void)dialer_->send(ipc::type_number(ipc::dial::Msg::inquiry_failed), inquired.number, encode(failed));
}

UniqueFd Compartment::accept_cloud_raw() {
  UniqueFd fd;
  until([&] {
    fd = accept_one(cloud_.fd.get());
    return static_cast<bool>(fd);
  });
  return fd;
}

std::optional<TlsPeer> Compartment::accept_cloud(const PeerOptions& options) {
  UniqueFd fd = accept_cloud_raw();
  if (!fd) return std::nullopt;
  return TlsPeer::server(options, std::move(fd));
}

void Compartment::read_records() {
  for (;;) {
    auto frame = log_->receive();
    if (!frame || !*frame) return;
    records_.push_back(*decode<Event>((*frame)->body));
    ++counts_[records_.back().id()];
  }
}

std::size_t Compartment::count(EventId id) const {
  const auto found = counts_.find(id);
  return found == counts_.end() ? 0 : found->second;
}

std::vector<const Event*> Compartment::records(EventId id) const {
  std::vector<const Event*> found;
  for (const Event& event : records_)
    if (event.id() == id) found.push_back(&event);
  return found;
}

std::vector<std::string> Compartment::reasons() const {
  std::vector<std::string> found;
  for (const Event& event : records_)
    if (event.id() == EventId::session_closed || event.id() == EventId::session_refused)
      found.push_back(text(event, Field::reason));
  return found;
}

std::string Compartment::text(const Event& event, Field field) {
  for (const Event::Entry& entry : event.entries())
    if (entry.field == field) return entry.text;
  return {};
}

std::uint64_t Compartment::number(const Event& event, Field field) {
  for (const Event::Entry& entry : event.entries())
    if (entry.field == field) return entry.number;
  return 0;
}

}  // namespace gw::support
