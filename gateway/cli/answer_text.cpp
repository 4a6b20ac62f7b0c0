#include "cli/answer_text.h"

#include <algorithm>
#include <iterator>

#include "api/value.h"
#include "audit/line.h"
#include "cli/columns.h"
#include "cli/qr.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

using api::AnswerId;
using api::JsonTree;
using api::Member;
using api::MemberType;
using Kind = JsonTree::Kind;

constexpr std::size_t kToTheSecond = 19;  // octets of "2026-11-28T09:30:00"
constexpr std::string_view kForAnApp = "otpauth://";

struct Named {
  std::string_view name;
  const char* japanese;
};
constexpr Named kNames[] = {
#define GW_ANSWER_WORDS(name, japanese) {name, japanese},
#include "cli/answer_words.def"
#undef GW_ANSWER_WORDS
};

std::string label_of(std::string_view name, Language language) {
  const Named* found = std::ranges::find(kNames, name, &Named::name);
  if (language == Language::japanese && found != std::end(kNames)) return found->japanese;
  std::string out = plain(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

/// The row of a member; nothing for one that is only allowed.
const Member* member_of(AnswerId answer, std::string_view name) {
  const auto members = api::members_of(answer);
  const auto found = std::ranges::find(members, name, &Member::name);
  return found == members.end() || name.empty() ? nullptr : &*found;
}

std::string time_text(const std::string& written) {
  const auto time = api::parse_time(written);
  if (!time) return plain(written);
  std::string out = audit::to_jst(CivilTime(*time)).substr(0, kToTheSecond);
  std::ranges::replace(out, 'T', ' ');
  return out;
}

/// On one line, whatever it is.
std::string flat(const JsonTree& tree, Language language, const Member* member) {
  std::string out;
  switch (tree.kind) {
    case Kind::null:
      return "";
    case Kind::flag:
      return said(language, tree.text == "true" ? Text::yes : Text::no);
    case Kind::number:
      return tree.text;
    case Kind::text:
      return member != nullptr && member->type == MemberType::time ? time_text(tree.text) : plain(tree.text);
    case Kind::list:
      for (const JsonTree& item : tree.items)
        out.append(out.empty() ? "" : ", ").append(flat(item, language, nullptr));
      return out;
    case Kind::object:
      for (std::size_t i = 0; i < tree.items.size(); ++i)
        out.append(out.empty() ? "" : ", ")
            .append(plain(tree.names[i]))
            .append("=")
            .append(flat(tree.items[i], language, nullptr));
  }
  return out;
}

/// Members of a row that its answer does not list.
std::string others_in(AnswerId answer, const JsonTree& row, Language language) {
  JsonTree rest{.kind = Kind::object};
  for (std::size_t i = 0; i < row.items.size(); ++i) {
    if (member_of(answer, row.names[i]) != nullptr) continue;
    rest.names.push_back(row.names[i]);
    rest.items.push_back(row.items[i]);
  }
  return flat(rest, language, nullptr);
}

std::string list_text(AnswerId of, const JsonTree& list, Language language) {
  if (list.items.empty()) return said(language, Text::nothing_listed) + "\n";
  std::vector<std::vector<std::string>> rows(1);
  for (const Member& member : api::members_of(of)) rows[0].push_back(label_of(member.name, language));
  for (const JsonTree& item : list.items) {
    std::vector<std::string> row;
    for (const Member& member : api::members_of(of)) {
      const JsonTree* value = member.name.empty() ? nullptr : item.find(member.name);
      if (member.type == MemberType::any)
        row.push_back(others_in(of, item, language));
      else
        row.push_back(value == nullptr ? "" : flat(*value, language, &member));
    }
    rows.push_back(std::move(row));
  }
  return table_of(rows);
}

/// In black on white, whatever colours the terminal has otherwise.
std::string scannable(const std::string& text, bool has_colours) {
  const std::string code = qr_text(text);
  if (!has_colours) return code;
  std::string out;
  for (std::size_t begin = 0; begin < code.size();) {
    const std::size_t end = std::min(code.find('\n', begin), code.size());
    out.append("\x1b[30;47m").append(code, begin, end - begin).append("\x1b[0m\n");
    begin = end + 1;
  }
  return out;
}

std::string texts_text(const std::string& label, const JsonTree& list, Language language) {
  std::string out = label + ":\n";
  for (const JsonTree& item : list.items) out += "  " + flat(item, language, nullptr) + "\n";
  return list.items.empty() ? "" : out;
}

}  // namespace

std::string answer_text(AnswerId answer, const JsonTree& tree, Language language, bool has_colours) {
  const auto is_list = [](const Member& member) { return member.type == MemberType::list; };
  const bool is_one_list = std::ranges::count_if(api::members_of(answer), is_list) == 1;
  std::string out;
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    const JsonTree& item = tree.items[i];
    const Member* member = member_of(answer, tree.names[i]);
    const std::string label = label_of(tree.names[i], language);
    if (member != nullptr && is_list(*member))
      out += (is_one_list ? "" : label + ":\n") + list_text(member->of, item, language);
    else if (item.kind == Kind::list)
      out += texts_text(label, item, language);
    else if (item.kind != Kind::null)
      out += label + ": " + flat(item, language, member) + "\n";
    if (item.kind == Kind::text && item.text.starts_with(kForAnApp))
      out += said(language, Text::scan_it) + "\n" + scannable(item.text, has_colours);
  }
  return out;
}

}  // namespace gw::cli
