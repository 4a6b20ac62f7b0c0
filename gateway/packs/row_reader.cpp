#include "packs/row_reader.h"

#include "config/value.h"
#include "packs/fields.h"

namespace gw::packs {
namespace {

using config::in_quotes;
using config::Node;

constexpr std::size_t kMostRowId = 16;  // characters
constexpr std::size_t kMostControls = 16;
constexpr std::size_t kMostBlanks = 8;
constexpr const char* kId = "write the number that the document gives it, such as `13-6`";
constexpr const char* kHeading = "write the document's own short heading";
constexpr const char* kAsks = "say in words of your own what it asks for";
constexpr const char* kGrade = "say how well it is known: S, T, T-, 2, M or D";
constexpr const char* kBlank = "name what is to be filled in, such as `責任者`";
constexpr const char* kOwner = "say who fills it in: clinic, vendor, carrier or service";

Result<std::string> check_row_id(std::string_view text) {
  if (text.find(' ') != std::string_view::npos || text.find("\u3000") != std::string_view::npos ||
      !config::check_line(text, kMostRowId))
    return Error{ErrorCode::config_value_format, in_quotes(text) + " is no number of an item: write 1 to " +
                                                     std::to_string(kMostRowId) +
                                                     " characters without blanks"};
  return std::string(text);
}

/// A pack names the items of a document and copies none of it.
Result<std::string> check_heading(std::string_view text) {
  if (text.find("。") != std::string_view::npos)
    return Error{ErrorCode::config_value_format, "this is a sentence; write the heading alone"};
  return config::check_line(text, kMostHeading);
}

class RowReader {
 public:
  RowReader(const Node& node, config::Problems& problems) : at_(node.at), fields_(node, problems) {}

  std::optional<Row> read() {
    const std::size_t before = fields_.problems().errors();
    fields_.value("id", kId, check_row_id, row_.id);
    fields_.value("heading", kHeading, check_heading, row_.heading);
    fields_.words("asks", kAsks, kMostWords, row_.asks);
    fields_.choice("grade", kGrade, kGrades, row_.grade);
    fields_.each_text("controls", kMostControls, [this](const Node& item) { take_control(item); });
    fields_.each_text("answers", kMostAnswers, [this](const Node& item) { take_answer(item); });
    fields_.each("blanks", kMostBlanks, [this](const Node& item) { take_blank(item); });
    fields_.finish();
    if (fields_.problems().errors() == before && row_.answers.empty() && row_.blanks.empty()) refuse_empty();
    if (fields_.problems().errors() != before) return std::nullopt;
    return std::move(row_);
  }

 private:
  void take_control(const Node& item) {
    if (is_control(item.text)) return row_.controls.push_back(item.text);
    fields_.problems().add(item.at, ErrorCode::config_name_unresolved,
                           in_quotes(item.text) + " is no control of the catalogue");
  }
  void take_answer(const Node& item) {
    if (const Fact* found = find_fact(item.text)) return row_.answers.push_back(found->id);
    std::vector<std::string_view> known;
    for (const Fact& one : facts()) known.push_back(one.name);
    fields_.problems().add(item.at, ErrorCode::config_name_unresolved,
                           in_quotes(item.text) + " is nothing that the box knows of itself" +
                               config::did_you_mean(item.text, known));
  }
  void take_blank(const Node& item) {
    if (!config::is_group(item, item.at, "blanks", "groups of name and owner", fields_.problems())) return;
    Fields keys(item, fields_.problems());
    Blank blank;
    keys.words("name", kBlank, kMostHeading, blank.name);
    keys.choice("owner", kOwner, kOwners, blank.owner);
    keys.finish();
    row_.blanks.push_back(std::move(blank));
  }
  /// None empty: what nobody answers would look answered.
  void refuse_empty() {
    fields_.problems().add(
        at_, ErrorCode::config_key_missing,
        in_quotes(row_.id) + " is empty: give `answers`, or `blanks` for what the box cannot know, or both");
  }

  config::Position at_;
  Fields fields_;
  Row row_{};
};

}  // namespace

std::optional<Row> read_row(const Node& node, config::Problems& problems) {
  if (!config::is_group(node, node.at, "rows", "a list of groups of keys", problems)) return std::nullopt;
  return RowReader(node, problems).read();
}

}  // namespace gw::packs
