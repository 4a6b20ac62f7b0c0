// sekisho ca ..., sekisho terminal enrol and so on: orders to the site's own authority (LAN-01, CRT-07).

#include <algorithm>
#include <optional>

#include "ca/list.h"
#include "cli/ask.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/reserved_file.h"
#include "cli/site_sheet.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using Verb = model::SiteOrder::Verb;

constexpr std::chrono::seconds kPatience{90};  // a slow TPM makes the key, and others' orders come first
constexpr mode_t kPrivate = 0600, kPublic = 0644;
constexpr std::size_t kMostProduct = 64u << 20;
constexpr std::string_view kNoFile = "";

/// Operands of each order, by their place; kNone: it has none of that kind.
constexpr int kNone = -1;
struct Row {
  Verb verb;
  int terminal = kNone;
  int input = kNone;   ///< a file that is read
  int output = kNone;  ///< a file that is made
  bool wants_reason = true;
};
constexpr Row kRows[] = {
    {Verb::found, kNone, kNone, 0},
    {Verb::request, kNone, kNone, 0},
    {Verb::adopt, kNone, 0, kNone},
    {Verb::enrol, 0, kNone, 1},
    {Verb::renew, 0, kNone, 1},
    {Verb::replace, 0, kNone, 1},
    {Verb::revoke, 0, kNone, kNone},
    {Verb::ticket, 0, kNone, kNone},
    {Verb::report, kNone, kNone, kNone, false},
    {Verb::answer, kNone, 0, 1, false},
    {Verb::look, kNone, kNone, 0, false},
};
const Row& row_of(Verb verb) {
  return *std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.verb == verb; });
}

const std::string& output_of(const Row& row, const Call& call) {
  return call.files[static_cast<std::size_t>(row.output)];
}

int wrong(const std::string& sentence) {
  complain(sentence);
  return kUsage;
}

std::optional<std::uint8_t> revocation_of(const Call& call, Verb verb) {
  const std::string_view fallback = verb == Verb::revoke ? "cessation" : "superseded";
  const std::string_view wanted = call.because.empty() ? fallback : std::string_view(call.because);
  for (const auto& word : ca::kReasonWords)
    if (word.text == wanted && word.value != ca::Reason::hold) return static_cast<std::uint8_t>(word.value);
  return std::nullopt;
}

/// An option that means nothing here: whoever writes it expects something. Empty if there is none.
std::string stray_option(const Row& row, const Call& call) {
  const bool certifies = row.terminal != kNone && row.output != kNone;
  const bool revokes = row.verb == Verb::revoke || row.verb == Verb::replace;
  if (!call.request.empty() && !certifies) return said(call.language, Text::stray_request);
  const bool has_secret = (certifies && call.request.empty()) || row.verb == Verb::ticket;
  if (!call.sheet.empty() && !has_secret) return said(call.language, Text::stray_sheet);
  if (!call.because.empty() && !revokes) return said(call.language, Text::stray_because);
  if (!call.certificate.empty() && row.verb != Verb::revoke)
    return said(call.language, Text::stray_certificate);
  return {};
}

/// The order that the command line gives, or what is wrong with it.
std::optional<model::SiteOrder> order_of(const Row& row, const Call& call, std::string& complaint) {
  model::SiteOrder order{.verb = row.verb};
  if (row.terminal != kNone) {
    const std::string& operand = call.files[static_cast<std::size_t>(row.terminal)];
    const std::size_t slash = operand.find('/');
    if (slash == std::string::npos) return complaint = said(call.language, Text::form_terminal), std::nullopt;
    order.tenant = operand.substr(0, slash);
    order.terminal = operand.substr(slash + 1);
    if (order.tenant.size() > model::kMaxName || order.terminal.size() > model::kMaxName)
      return complaint = said(call.language, Text::name_too_long), std::nullopt;
  }
  if (row.wants_reason && call.reason.empty())
    return complaint = said(call.language, Text::needs_reason), std::nullopt;
  complaint = stray_option(row, call);
  if (!complaint.empty()) return std::nullopt;
  const auto revocation = revocation_of(call, row.verb);
  if (!revocation)
    return complaint = said(call.language, Text::takes_value, {"--because", option(OptionId::because).value}),
           std::nullopt;
  order.revocation = *revocation;
  order.certificate = call.certificate;
  return order;
}

/// What comes with the order: the operand, or the request that --request names.
std::optional<std::string> input_of(const Row& row, const Call& call) {
  if (row.input != kNone) return read_text(call.files[static_cast<std::size_t>(row.input)]);
  return call.request.empty() ? std::string(kNoFile) : read_text(call.request);
}

Result<model::SiteProduct> give(const Call& call, const model::SiteOrder& order, std::string_view input) {
  GW_TRY(const UniqueFd sealed, sys::seal(as_bytes(input), "input"));
  const op::SiteRequest request{order, call.reason.substr(0, kForeignTextLimit)};
  GW_TRY(const ipc::Frame answer,
         ask(call.socket, ipc::type_number(op::Msg::site_order), encode(request), {sealed.get()}, kPatience));
  if (answer.type == ipc::type_number(op::Msg::rejected)) {
    GW_TRY(const op::Rejected rejected, decode<op::Rejected>(answer.body));
    return Error{rejected.code, rejected.detail};
  }
  if (answer.type != ipc::type_number(op::Msg::site_product)) return Error{ErrorCode::message_malformed};
  GW_TRY(const auto bytes, sys::read_sealed(answer.fds.front().get(), kMostProduct));
  return decode<model::SiteProduct>(bytes);
}

int tell_failure(const Call& call, const Error& error) {
  if (error.code == ErrorCode::publication_timed_out) complain(said(call.language, Text::maybe_done));
  if (error.code == ErrorCode::channel_closed || error.code == ErrorCode::publication_timed_out)
    return unanswered(call, error);
  complain(said(call.language, Text::nothing_done,
                {error.detail.empty() ? to_string(error.code) : std::string_view(error.detail)}));
  return undone(call, error);
}

std::string entry_json(const model::SiteEntry& entry) {
  return JsonObject()
      .text("tenant", entry.tenant)
      .text("terminal", entry.terminal)
      .text("serial", entry.serial)
      .text("certificate_sha256", entry.certificate)
      .text("standing", entry.standing)
      .number("not_after", static_cast<std::uint64_t>(entry.not_after.count()))
      .number("since", static_cast<std::uint64_t>(entry.since.count()))
      .take();
}

const char* keeping_word(model::Keeping keeping) {
  return keeping == model::Keeping::tpm ? "tpm" : "encrypted_file";
}

std::string product_json(const model::SiteOrder& order, const model::SiteProduct& product,
                         const std::string& sheet) {
  JsonObject out;
  out.flag("done", true);
  if (!product.entry.serial.empty()) out.raw("certificate", entry_json(product.entry));
  if (!product.secret.empty() && sheet.empty()) out.text("secret", product.secret);
  if (!product.place.empty()) out.text("place", product.place);
  if (!product.fingerprint.empty())
    out.raw("authority", JsonObject()
                             .text("subject", product.authority)
                             .text("certificate_sha256", product.fingerprint)
                             .number("not_after", static_cast<std::uint64_t>(product.not_after.count()))
                             .text("key_kept_in", keeping_word(product.keeping))
                             .number("list_number", product.list_number)
                             .take());
  if (order.verb == Verb::report) {
    std::vector<std::string> entries;
    for (const model::SiteEntry& entry : product.entries) entries.push_back(entry_json(entry));
    out.raw("certificates", json_list(entries));
  }
  return out.take() + "\n";
}

/// A file is weaker than hardware, and that is to be seen (CRT-01).
std::string keeping_text(model::Keeping keeping, Language language) {
  return said(language, keeping == model::Keeping::tpm ? Text::key_in_tpm : Text::key_in_file);
}
std::string authority_text(const model::SiteProduct& product, Language language) {
  if (product.fingerprint.empty() && !product.authority.empty()) return said(language, Text::ca_requested);
  if (product.fingerprint.empty()) return said(language, Text::ca_none);
  return said(language, Text::ca_is,
              {product.authority, product.fingerprint, day_text(product.not_after),
               keeping_text(product.keeping, language), std::to_string(product.list_number)});
}

std::string report_text(const model::SiteProduct& product, Language language) {
  std::string out = authority_text(product, language);
  for (const model::SiteEntry& entry : product.entries)
    out += said(
        language, Text::ca_entry,
        {entry.tenant + "/" + entry.terminal, entry.standing, day_text(entry.not_after), entry.certificate});
  return out;
}

std::string issued_text(const Call& call, const model::SiteProduct& product, const std::string& file) {
  const model::SiteEntry& entry = product.entry;
  const std::string out = said(call.language, Text::issued,
                               {entry.tenant + "/" + entry.terminal, day_text(entry.not_after), file});
  if (product.secret.empty()) return out;
  return out + (call.sheet.empty() ? said(call.language, Text::issued_password, {product.secret})
                                   : said(call.language, Text::issued_sheet, {call.sheet}));
}

std::string done_text(const Row& row, const Call& call, const model::SiteOrder& order,
                      const model::SiteProduct& product) {
  const std::string place = order.tenant + "/" + order.terminal;
  switch (row.verb) {
    case Verb::found:
    case Verb::adopt:
      return authority_text(product, call.language) + said(call.language, Text::ca_name_it);
    case Verb::request:
      return said(call.language, Text::ca_carry, {call.files[0]});
    case Verb::revoke:
      return said(call.language, Text::terminal_revoked, {place});
    case Verb::ticket:
      return call.sheet.empty() ? ticket_sheet(order, product)
                                : said(call.language, Text::ticket_on_sheet, {place, call.sheet});
    case Verb::report:
      return report_text(product, call.language);
    case Verb::answer:
    case Verb::look:
      return said(call.language, Text::written_to, {output_of(row, call)});
    default:
      return issued_text(call, product, output_of(row, call));
  }
}

/// The files that the order's product goes into are there before anything is issued.
struct Files {
  std::optional<ReservedFile> product{}, sheet{};
};
/// The box makes the terminal's key, which comes in the file.
bool holds_key(const Row& row, const Call& call) {
  return row.terminal != kNone && row.output != kNone && call.request.empty();
}
Result<Files> reserve(const Row& row, const Call& call) {
  Files files;
  if (row.output != kNone) {
    GW_TRY(ReservedFile made,
           ReservedFile::make(output_of(row, call), holds_key(row, call) ? kPrivate : kPublic));
    files.product.emplace(std::move(made));
  }
  if (!call.sheet.empty()) {
    GW_TRY(ReservedFile made, ReservedFile::make(call.sheet, kPrivate));
    files.sheet.emplace(std::move(made));
  }
  return files;
}

std::string sheet_of(const Row& row, const Call& call, const model::SiteOrder& order,
                     const model::SiteProduct& product) {
  return row.verb == Verb::ticket ? ticket_sheet(order, product)
                                  : password_sheet(product, output_of(row, call));
}

int carry_out(const Row& row, const Call& call) {
  std::string complaint;
  const auto order = order_of(row, call, complaint);
  if (!order) return wrong(complaint);
  const auto input = input_of(row, call);
  if (!input) return kInputMissing;
  Result<Files> files = reserve(row, call);
  if (!files) return wrong(said(call.language, Text::name_a_new_file, {files.error().detail}));
  const auto product = give(call, *order, *input);
  if (!product) return tell_failure(call, product.error());
  if (files->product && product->file.empty())
    return tell_failure(call, {ErrorCode::site_ca_failed, said(call.language, Text::came_to_nothing)});
  Result<> written = Done{};
  if (files->product) written = files->product->write(as_text(product->file));
  if (written && files->sheet) written = files->sheet->write(sheet_of(row, call, *order, *product));
  if (written) {
    print(call.format == Format::json ? product_json(*order, *product, call.sheet)
                                      : done_text(row, call, *order, *product));
    return kOk;
  }
  complain(said(call.language, Text::done_unwritten, {written.error().detail}));
  return kFailed;
}

}  // namespace

template <Verb verb>
int site(const Call& call) {
  return carry_out(row_of(verb), call);
}
template int site<Verb::found>(const Call&);
template int site<Verb::request>(const Call&);
template int site<Verb::adopt>(const Call&);
template int site<Verb::enrol>(const Call&);
template int site<Verb::renew>(const Call&);
template int site<Verb::replace>(const Call&);
template int site<Verb::revoke>(const Call&);
template int site<Verb::ticket>(const Call&);
template int site<Verb::report>(const Call&);
template int site<Verb::answer>(const Call&);
template int site<Verb::look>(const Call&);

int terminal_label(const Call& call) {
  const auto product = give(call, {.verb = Verb::report}, kNoFile);
  if (!product) return tell_failure(call, product.error());
  for (const model::SiteEntry& entry : product->entries) {
    if (entry.tenant + "/" + entry.terminal != call.files[0] || entry.standing != "valid") continue;
    print(label_text(entry));
    return kOk;
  }
  complain(said(call.language, Text::no_label));
  return kFailed;
}

}  // namespace gw::cli
