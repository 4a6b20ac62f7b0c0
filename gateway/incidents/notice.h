#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "incidents/contact.h"
#include "incidents/incident.h"

namespace gw::incidents {

/// Whom a clinic tells (notices.def).
enum class NoticeId : std::uint8_t {
#define GW_NOTICE(name, id, title, to, english, clock, party) name,
#define GW_NOTICE_ROW(notice, heading, fact, hint)
#include "incidents/notices.def"
#undef GW_NOTICE
#undef GW_NOTICE_ROW
};
inline constexpr std::size_t kNotices = 0
#define GW_NOTICE(name, id, title, to, english, clock, party) +1
#define GW_NOTICE_ROW(notice, heading, fact, hint)
#include "incidents/notices.def"
#undef GW_NOTICE
#undef GW_NOTICE_ROW
    ;
std::string_view to_string(NoticeId notice);
std::optional<NoticeId> parse_notice(std::string_view id);

inline constexpr std::string_view kToFillIn = "記入待ち";

/// One item of a draft. What the box knows stands in `text`, with the records that say so.
struct NoticeRow {
  std::string heading{};
  std::string text{};  ///< empty: nobody has told the box
  std::vector<std::uint64_t> records{};
  std::string hint{};  ///< what a person puts there, or adds
};

/// A draft of a notice, in Japanese: never sent by the box.
struct Notice {
  NoticeId notice{};
  IncidentId incident{};
  std::string title{}, to{};
  std::vector<std::string> ways{};  ///< how they are reached, by the register; none: it does not say
  CivilTime made{};
  std::vector<NoticeRow> rows{};

  std::size_t blanks() const;
};
/// What the box knows besides the incident.
struct Known {
  std::string site{};  ///< as the configuration in force names it; empty: it does not
  std::vector<Contact> contacts{};
  CivilTime now{};
};
Notice draft(NoticeId notice, const Incident& incident, const Known& known);

/// For a form that is filled in on a screen.
std::string text_of(const Notice& notice);
/// A page for print on A4, whole by itself.
std::string page_of(const Notice& notice);

/// "2026-11-29 03:10 (日本時間)".
std::string shown_time(CivilTime time);

}  // namespace gw::incidents
