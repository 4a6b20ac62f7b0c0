#pragma once

// The services of the configuration in force beside what their vendors have published (configs/services). A
// paper is no evidence (NET-06): what stands here says what the paper says and where, and what nobody
// answered.

#include <span>

#include "control/evidence_office.h"
#include "control/findings/observed.h"
#include "papers/questions.h"

namespace gw::control::findings {

struct ServicePaper {
  std::string tenant{};
  std::string service{};
  const ProfileFound* found = nullptr;  ///< nothing: no profile is on the box

  std::string name() const { return tenant + "/" + service; }
};
/// Each service that a rule allows, once, in the configuration's order.
std::vector<ServicePaper> papers_of(const Observed& seen);
/// As long as nobody put one there.
bool has_any(const std::vector<ServicePaper>& papers);
/// What has to be asked about it, at that time.
std::vector<papers::Question> open_questions(const ProfileFound& found, CivilTime now);

/// What the paper says under a key, in Japanese; what is open names who has to answer and since when he was
/// asked.
std::string said_in_paper(const papers::Profile& profile, papers::FactId id);
/// What of it is printed there: nothing of what is open but its notes and places.
std::string in_print(const papers::Profile& profile, papers::FactId id);
/// "2026-11-02 に質問"
std::string asked_text(const std::optional<papers::Day>& asked);
/// "§4, §9"; a dash where the paper says nothing.
std::string place_in_paper(const papers::Profile& profile, papers::FactId id);
/// Those of several, each once.
std::string places_in_paper(const papers::Profile& profile, std::span<const papers::FactId> ids);
bool is_open(const papers::Profile& profile, papers::FactId id);
/// "バックアップ: 数"
std::string label_of(papers::FactId id);
/// "資料名 版 日付"
std::string title_of(const papers::Profile& profile);

/// Which files those are.
Draft& of_papers(Draft& out, const std::vector<ServicePaper>& papers);

}  // namespace gw::control::findings
