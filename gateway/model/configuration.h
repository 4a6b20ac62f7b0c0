#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/address.h"
#include "model/daily_window.h"
#include "model/ids.h"
#include "model/key_kind.h"
#include "model/mac_address.h"

namespace gw::model {

/// Seconds since 1970 in UTC; zero means "no end".
using CivilSeconds = std::chrono::seconds;

/// How much of a service's TLS the box itself speaks (NET-07, decision D5).
enum class Mode : std::uint8_t {
  terminate,     ///< both sides of it
  wrap,          ///< one around it, with the terminal, who asks inside for the cloud by HTTP CONNECT
  pass_through,  ///< none
};
constexpr bool speaks_downstream(Mode mode) { return mode != Mode::pass_through; }
constexpr bool speaks_upstream(Mode mode) { return mode == Mode::terminate; }

/// Something weaker than the rule, for one service, for a while.
struct DatedException {
  CivilSeconds until{0};
  std::string reason{};
  std::string approver{};
};

/// Exact TLS parameters, by name (requirements section 2). Anything weaker than high_13 is a dated exception.
enum class ProfileName : std::uint8_t { high_13, high_12 };

struct Profile {
  ProfileName name = ProfileName::high_13;
  CivilSeconds until{0};   ///< end of the exception; required for high_12, at most 12 months away (NET-02)
  std::string reason{};    ///< why the exception exists
  std::string approver{};  ///< who allowed it
};

/// SHA-256 over a SubjectPublicKeyInfo (RFC 7469 2.4).
using Pin = std::array<std::uint8_t, 32>;

/// A certificate chain of the box and the key that goes with it. The paths are relative to the
/// configuration file and stay in the compiler; compartments get the chain and the key's id. In the place of
/// both files may stand an identity that the box keeps, whose chain may not be there yet.
struct Credential {
  std::string certificate_file{};
  std::string key_file{};
  std::string identity{};   ///< of the same tenant; then there are no files
  std::string chain_pem{};  ///< leaf first; empty: the identity has none yet
  KeyId key{};
  Pin public_key{};  ///< of the leaf; zero if the chain is unreadable, which is found where it is used

  bool is_there() const { return !chain_pem.empty(); }
};

/// Where a certificate of the box is asked for and renewed (EST, RFC 7030).
struct EnrolmentServer {
  std::string server_name{};  ///< the name its certificate must carry
  std::uint16_t port = 0;
  std::vector<IpAddress> addresses{};  ///< as a cloud service's
  std::string label{};                 ///< optional path segment (RFC 7030 3.2.2)
  std::string anchors_file{};
  std::string anchors_pem{};  ///< trusted for it alone
};

/// A certificate of the box, with its key, that the box itself keeps (CRT-03).
struct Identity {
  std::string name{};
  KeyKind key = KeyKind::p256;
  std::optional<EnrolmentServer> est{};  ///< none: people carry requests and certificates
};

/// CA certificates of one file that are trusted for one purpose of one tenant, and for nothing else; from
/// `from` on and before `until`, so that an authority can be rolled over. Zero: without that bound.
struct TrustAnchors {
  std::string file{};
  std::string pem{};
  CivilSeconds from{0};
  CivilSeconds until{0};

  bool in_force(CivilSeconds now) const { return from <= now && (until.count() == 0 || now < until); }
};

/// A certificate revocation list of one issuer (RFC 5280 5), PEM or DER.
struct RevocationFile {
  std::string file{};
  std::vector<std::uint8_t> octets{};
};

/// Who is asked for OCSP answers (RFC 6960 A.1), over plain HTTP: the answers are signed.
struct Responder {
  std::string server_name{};  ///< empty: nobody is asked
  std::uint16_t port = 80;
  std::vector<IpAddress> addresses{};  ///< as a cloud service's
  std::string path = "/";

  bool is_there() const { return !server_name.empty(); }
};

/// What is asked about the revocation of one side's certificates (SRV-03); nothing by default.
struct Revocation {
  std::vector<RevocationFile> lists{};
  bool stapling = false;       ///< of the cloud: an OCSP answer with each handshake
  Responder responder{};       ///< of the cloud: asked when nothing that counts is stapled
  CivilSeconds soft_until{0};  ///< before then a doubt is let pass; zero: a doubt refuses

  bool is_asked() const { return stapling || responder.is_there() || !lists.empty(); }
};

/// Where the terminal's identity is told to the cloud (PROXY protocol v2 with TLS TLVs).
enum class ProxyHeader : std::uint8_t { off, before_tls, inside_tls };

/// The terminal's side of a service: what the box shows and demands on the listener.
struct Downstream {
  std::vector<std::string> server_names{};  ///< lower case; may be empty on a listener of its own; of
                                            ///< pass_through, the cloud's
  Credential credential{};
  Profile profile{};
};

/// The cloud's side of a service. Where the box does not speak TLS with the cloud it has no credential, no
/// anchors and nothing else to judge a certificate by; then `profile` is what the terminal and the cloud may
/// agree on.
struct Upstream {
  std::string server_name{};  ///< SNI and the name the certificate must carry (SRV-01)
  std::uint16_t port = 0;
  std::vector<IpAddress> addresses{};  ///< fixed endpoints in order of preference; empty: resolve server_name
  Credential credential{};
  std::vector<TrustAnchors> anchors{};
  Revocation revocation{};
  Profile profile{};
  std::vector<Pin> pins{};  ///< none, or two and more: a backup pin is required (SRV-02)
  ProxyHeader proxy_header = ProxyHeader::off;
  bool resume = true;  ///< upstream TLS resumption (decision D7)
};

struct ServiceLimits {
  std::chrono::seconds idle{900};
  std::chrono::seconds lifetime{86'400};
  std::chrono::milliseconds connect{5'000};     ///< until a socket to the cloud stands
  std::chrono::milliseconds handshake{10'000};  ///< for each leg's TLS handshake
};

/// One cloud endpoint. The terminal never names it: it follows from listener, identity and server name.
struct Service {
  ServiceId id{};
  std::string name{};
  Mode mode = Mode::terminate;
  Downstream downstream{};
  Upstream upstream{};
  ServiceLimits limits{};
  std::optional<DatedException> exception{};  ///< of pass_through, which never is without one (D10)
};

/// Which field of the subject alternative name tells who a terminal is. The common name never does.
enum class SanKind : std::uint8_t { uri, dns, email };

/// The URI in a terminal's certificate, unless the configuration says otherwise.
inline std::string terminal_uri(const std::string& tenant, const std::string& terminal) {
  return "urn:sekisho:" + tenant + ":" + terminal;
}

struct Terminal {
  TerminalId id{};
  std::string name{};
  SanKind match_kind = SanKind::uri;
  std::string match_value{};  ///< default "urn:sekisho:<tenant>:<terminal>"; DNS names in lower case
  bool blocked = false;
  /// It is known by where it comes from and shows no certificate: only services that are passed through know
  /// such terminals (WLS-03).
  std::optional<IpAddress> source{};
};

/// One address and port on the clinic's side. Several services may share it by server name, within a tenant.
struct Listener {
  ListenerId id{};
  std::string name{};
  Endpoint endpoint{};
  std::vector<ServiceId> services{};
};

/// The whitelist entry: these terminals may use this service. Without a rule nothing passes (WLS-01).
struct Rule {
  RuleId id{};
  std::string name{};
  std::vector<TerminalId> terminals{};
  ServiceId service{};
  CivilSeconds until{0};
  bool all = false;  ///< written as `all`; the terminals are listed all the same
};

/// Caps and rates of one tenant (CAP-02). A rate is a token bucket: so many per second, the same as burst.
struct TenantLimits {
  std::uint32_t sessions = 4'000;
  std::uint32_t sessions_per_terminal = 64;
  std::uint32_t sessions_per_source = 256;
  std::uint32_t handshakes = 256;                ///< handshakes under way at once
  std::uint32_t connections = 500;               ///< new connections per second of the whole tenant
  std::uint32_t connections_per_terminal = 100;  ///< new sessions per second of one terminal
  std::uint32_t connections_per_source = 50;     ///< new connections per second from one address
};

/// Where a terminal's browser asks for a tunnel to a wrapped service's cloud.
struct ProxyDoor {
  std::string cloud_name{};  ///< lower case
  std::uint16_t cloud_port = 0;
  std::string box{};  ///< its name or address there, and the port, as in a URL

  friend bool operator==(const ProxyDoor&, const ProxyDoor&) = default;
};

/// Where the tenant's terminals ask for their certificates themselves (LAN-01; EST, RFC 7030).
struct Enrolment {
  ListenerId listener{};             ///< which offers no service
  Downstream shown{};                ///< what the box shows there
  std::vector<ProxyDoor> proxies{};  ///< of the tenant, once it is cut out of a configuration
};

/// The unit of isolation: one cloud relation with its terminals. Shares nothing with another tenant.
struct Tenant {
  TenantId id{};
  std::string name{};
  std::vector<TrustAnchors> terminal_anchors{};
  Revocation terminal_revocation{};
  TenantLimits limits{};
  std::vector<Terminal> terminals{};
  std::vector<Service> services{};
  std::vector<Listener> listeners{};
  std::vector<Rule> rules{};
  std::vector<Identity> identities{};    ///< told to no compartment
  std::optional<Enrolment> enrolment{};  ///< none: certificates are carried to the terminals

  bool is_for_enrolment(ListenerId one) const { return enrolment && enrolment->listener == one; }
};

/// The interface on which a bench puts LAN and WAN together.
inline constexpr std::string_view kLoopback = "lo";

/// 802.1Q: the frames of one VLAN on an interface that exists. The default is none.
struct Vlan {
  std::string parent{};
  std::uint16_t id = 0;  ///< 1 to 4094; 0: none

  friend bool operator==(const Vlan&, const Vlan&) = default;
};
/// What the kernel calls it: "lan0.20".
inline std::string vlan_interface(const Vlan& vlan) { return vlan.parent + "." + std::to_string(vlan.id); }

/// What follows when a terminal of a segment has a second path (ISO-05): a record, or a record and an end.
enum class SecondPath : std::uint8_t { alert, refuse_terminal };

/// Something that belongs on a segment (LAN-03).
struct Device {
  std::string name{};
  MacAddress mac{};
  std::vector<IpAddress> addresses{};  ///< none: whichever it has
};

/// A name of the clinic's own that the box answers for.
struct Host {
  std::string name{};  ///< in lower case
  std::vector<IpAddress> addresses{};

  friend bool operator==(const Host&, const Host&) = default;
};
/// What terminals get from the box itself, besides its listeners (TIM-02, NET-10).
struct Serve {
  bool names = false;  ///< DNS, for configured names only
  bool time = false;   ///< NTP

  friend bool operator==(const Serve&, const Serve&) = default;
};

/// One interface on the clinic's side with the box's addresses on it.
struct LanSegment {
  std::string name{};
  std::string interface {};  ///< that has the addresses; the box makes it if it is a VLAN or a bridge
  std::vector<Prefix> addresses{};
  Vlan vlan{};
  std::vector<std::string> ports{};  ///< of a bridge: its interfaces, which do not reach each other
  SecondPath second_path = SecondPath::alert;
  std::vector<IpAddress> dhcp_servers{};  ///< that may hand out addresses here
  std::vector<IpAddress> routers{};       ///< other ones that belong here
  std::vector<Device> devices{};          ///< none: everybody may be there
  Serve serve{};
  std::vector<Host> hosts{};  ///< names that are answered here besides the services' own
};

/// Who says what IPv4 address the Internet's side has. IPv6 is always the configuration's: no router is
/// heard.
enum class Ipv4Source : std::uint8_t { configuration, dhcp };

struct Wan {
  std::string interface {};
  std::vector<Prefix> addresses{};
  std::vector<IpAddress> gateways{};  ///< at most one of each family
  Vlan vlan{};
  Ipv4Source ipv4 = Ipv4Source::configuration;
};

struct Network {
  std::vector<LanSegment> lan{};
  Wan wan{};
  std::vector<Endpoint> resolvers{};      ///< DNS servers the dialers may ask
  std::vector<Prefix> clinic_prefixes{};  ///< never dialled, besides the LAN segments (W8)
};

/// Which changes of the configuration a second person must allow (ADM-12).
enum class SecondPerson : std::uint8_t {
  never,
  widening,  ///< those that may allow what was not allowed before
};

/// Where the box is administered (ADM-11): an interface of its own that leads to administrators alone, and
/// what listens there.
struct Management {
  std::string interface {};
  std::vector<Prefix> addresses{};
  Endpoint listener{};               ///< at one of the addresses
  std::vector<std::string> names{};  ///< by which browsers may speak with it, besides the address; lower case
  bool own_port = false;             ///< nobody reaches the interface but who stands before the box (ADM-04)
  Credential credential{};
  std::vector<TrustAnchors> anchors{};  ///< whose certificates are a second factor; none: none is asked for
};

/// Whom the box's backups are encrypted to, and how many of them stay on the box (BAK-01, BAK-04).
struct Backup {
  static constexpr std::uint32_t kLeast = 3, kMost = 400, kOrdinary = 35;  ///< of generations
  struct Recipient {
    std::string name{};
    std::string certificate_file{};
    std::string pem{};
    friend bool operator==(const Recipient&, const Recipient&) = default;
  };
  std::string box = "box";  ///< what they call it
  std::uint32_t generations = kOrdinary;
  std::vector<Recipient> recipients{};

  friend bool operator==(const Backup&, const Backup&) = default;
};

/// The vendor's operations centre, which is told how the box is (GOV-09, LOG-09).
struct OperationsCentre {
  static constexpr std::chrono::seconds kSoonest{5}, kLatest{900}, kOrdinary{60};
  /// Whom its data is subject to: there is one choice.
  enum class Country : std::uint8_t { japan };
  struct Receiver {
    std::string server_name{};
    std::uint16_t port = 0;
    std::vector<IpAddress> addresses{};  ///< none: the name is asked for
  };
  std::string operated_by{};
  Country country = Country::japan;
  Credential credential{};  ///< what the box shows there; which box it is follows from it
  std::vector<TrustAnchors> anchors{};
  Receiver figures{};  ///< HTTPS
  Receiver records{};  ///< RFC 5425
  std::chrono::seconds every = kOrdinary;
  /// By which orders for the box are signed: Ed25519.
  struct Signer {
    std::string file{};
    std::string pem{};
  };
  Signer orders{};  ///< of no file: none is asked for
  bool gives_orders() const { return !orders.pem.empty(); }
};

/// One configuration, whole. Made by config::compile only; every id in it resolves and is its position in
/// its list, every name is unique among its peers.
struct Configuration {
  Generation generation{};
  std::string site{};
  SecondPerson second_person = SecondPerson::never;
  Network network{};
  std::vector<Tenant> tenants{};
  std::optional<Management> management{};      ///< none: the box is administered on its command line alone
  std::optional<Backup> backup{};              ///< none: no backups are made
  std::optional<OperationsCentre> noc{};       ///< none: nothing leaves the box by itself
  std::optional<DailyWindow> update_window{};  ///< none: a new image is tried when somebody says so
};

inline constexpr std::size_t kMaxManagementNames = 16;
inline constexpr std::size_t kMaxBackupRecipients = 8;
inline constexpr std::size_t kMaxTenants = 128;
inline constexpr std::size_t kMaxServices = 256;   // of one tenant
inline constexpr std::size_t kMaxListeners = 256;  // of one tenant
inline constexpr std::size_t kMaxTerminals = 10'000;
inline constexpr std::size_t kMaxRules = 10'000;
inline constexpr std::size_t kMaxIdentities = 64;  // of one tenant
inline constexpr std::size_t kMaxPorts = 16;       // of one bridge
inline constexpr std::size_t kMaxDevices = 1'024;  // of one segment
inline constexpr std::size_t kMaxSegments = 16;
inline constexpr std::size_t kMaxSegmentAddresses = 8;
inline constexpr std::size_t kMaxHosts = 256;  // of one segment
inline constexpr std::size_t kMaxName = 63;
inline constexpr std::uint16_t kNamePort = 53, kTimePort = 123;  // of the box's own services
inline constexpr std::size_t kMaxPem = 256 * 1024;
inline constexpr std::size_t kMaxSignerPem = 4096;
inline constexpr std::size_t kMaxAnchorFiles = 16;  // of one side
inline constexpr std::size_t kMaxRevocationLists = 16;
inline constexpr std::size_t kMaxResponderPath = 255;
inline constexpr std::size_t kMaxRevocationList =
    8 * 1024 * 1024;  // octets: some two hundred thousand entries

}  // namespace gw::model
