#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "audit/line.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/log_lines.h"
#include "cli/output.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

using ipc::records::Keeping;

std::string span(std::uint32_t years, Language language) {
  return years == 0 ? said(language, Text::keep_for_ever) : said(language, Text::keep_years, years);
}

std::string oldest_of(const Keeping& found) {
  return found.last == 0 ? "" : audit::to_jst(CivilTime(found.oldest));
}

std::string told(const Keeping& found, Language language) {
  std::string out = said(
      language, Text::keep_spans,
      {span(found.connection, language), span(found.administration, language), span(found.other, language)});
  if (found.last == 0) return out + said(language, Text::keep_no_records);
  out += said(language, Text::keep_records,
              {std::to_string(found.first), std::to_string(found.last), oldest_of(found)});
  out +=
      said(language, Text::keep_room, {std::to_string(found.left >> 20), std::to_string(found.a_day >> 20)});
  return out + (found.a_day == 0 ? "\n" : said(language, Text::keep_days, found.left / found.a_day));
}

std::string told_to_programs(const Keeping& found) {
  JsonObject out;
  out.number("connection_years", found.connection)
      .number("administration_years", found.administration)
      .number("other_years", found.other)
      .number("first", found.first)
      .number("last", found.last)
      .text("oldest", oldest_of(found))
      .number("octets_left", found.left)
      .number("octets_a_day", found.a_day);
  if (found.a_day != 0) out.number("days_left", found.left / found.a_day);
  return out.take() + "\n";
}

}  // namespace

std::string somebody() {
  const passwd* account = ::getpwuid(::geteuid());
  const std::string name = account != nullptr ? account->pw_name : std::to_string(::geteuid());
  const char* caller = std::getenv("SUDO_USER");
  return caller == nullptr ? name : std::string(caller) + " as " + name;
}

int log_keep(const Call& call) {
  if (call.record_class && (!call.years || call.reason.empty()))
    return complain(said(call.language, Text::keep_how_long)), kUsage;
  if (!call.record_class && call.years) return complain(said(call.language, Text::keep_of_what)), kUsage;
  auto reader = LogReader::open(call.socket);
  if (!reader) return log_failed(call, reader.error());
  if (call.record_class) {
    const Result<> kept =
        reader->keep({*call.record_class, *call.years, somebody().substr(0, kForeignTextLimit),
                      call.reason.substr(0, kForeignTextLimit)});
    if (!kept) return log_failed(call, kept.error());
  }
  const auto found = reader->keeping();
  if (!found) return log_failed(call, found.error());
  print(call.format == Format::json ? told_to_programs(*found) : told(*found, call.language));
  return kOk;
}

}  // namespace gw::cli
