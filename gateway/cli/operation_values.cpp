#include "cli/operation_values.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "accounts/role.h"
#include "cli/when.h"

namespace gw::cli {
namespace {

using api::Parameter;
using api::Type;
using api::TypedValue;

Error at_fault(api::Fault fault) { return {ErrorCode::web_value, std::string(api::to_string(fault))}; }

Result<TypedValue> read_plain(const Parameter& parameter, const std::string& written) {
  auto value = api::read(parameter, written);
  return value ? Result<TypedValue>(*std::move(value)) : at_fault(api::Fault::malformed);
}

/// In Japan's time, as everywhere on this command line, or as RFC 3339 has it.
Result<TypedValue> read_time(const Parameter& parameter, const std::string& written) {
  const auto when = parse_when(written);
  return when ? TypedValue::of(static_cast<std::uint64_t>(when->count())) : read_plain(parameter, written);
}

Result<std::string> whole_of(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& from = path == "-" ? std::cin : file;
  std::ostringstream content;
  if (from) content << from.rdbuf();
  if (!from && !from.eof()) return Error{ErrorCode::file_unreadable, system_error("open").detail};
  return std::move(content).str();
}

Result<TypedValue> read_document(const Parameter&, const std::string& path) {
  GW_TRY(std::string content, whole_of(path));
  return TypedValue::of(std::move(content));
}

std::vector<std::string> lines_of(std::string_view written) {
  std::vector<std::string> out;
  for (std::size_t end; (end = written.find('\n')) != std::string_view::npos; written.remove_prefix(end + 1))
    out.emplace_back(written.substr(0, end));
  out.emplace_back(written);
  return out;
}

Result<TypedValue> read_texts(const Parameter&, const std::string& written) {
  return TypedValue::of(lines_of(written));
}

/// "ca.pem=/tmp/ca.pem": the path as the configuration names it, and where the file is now.
Result<TypedValue> read_files(const Parameter&, const std::string& written) {
  std::vector<std::string> items;
  for (const std::string& line : lines_of(written)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) return at_fault(api::Fault::malformed);
    GW_TRY(std::string content, whole_of(line.substr(equals + 1)));
    items.push_back(line.substr(0, equals));
    items.push_back(std::move(content));
  }
  return TypedValue::of(std::move(items));
}

const ValueForm kForms[] = {
    {Type::text, "TEXT", {"文字列", "a text"}, read_plain},
    {Type::secret, "SECRET", {"秘密の値", "a secret"}, read_plain},
    {Type::name, "NAME", {"名前。英小文字、数字、ハイフン", "a name: a-z, 0-9 and hyphens"}, read_plain},
    {Type::number, "NUMBER", {"数", "a number"}, read_plain},
    {Type::flag, "true|false", {"はい(true)またはいいえ(false)", "yes or no"}, read_plain},
    {Type::time,
     "TIME",
     {"時刻。例: 2026-11-28T09:30(日本時間)", "such as 2026-11-28T09:30, in Japan's time"},
     read_time},
    {Type::digest, "SHA256", {"SHA-256(16進)", "SHA-256, hexadecimal"}, read_plain},
    {Type::role, "ROLE", {"役割", "a role"}, read_plain},
    {Type::document, "FILE", {"ファイル。「-」は標準入力", "a file; - is standard input"}, read_document},
    {Type::texts,
     "TEXT",
     {"文字列。繰り返し指定できます", "a text; may stand several times"},
     read_texts,
     true},
    {Type::files,
     "PATH=FILE",
     {"設定に書いたパスと、そのファイル。繰り返し指定できます",
      "a path as the configuration has it, and its file; may stand several times"},
     read_files,
     true},
};

struct Named {
  std::string_view name;
  const char* japanese;
  const char* english;
};
constexpr Named kValues[] = {
#define GW_OPERATION_WORDS(id, japanese)
#define GW_VALUE_WORDS(name, japanese, english) {name, japanese, english},
#include "cli/operation_words.def"
#undef GW_OPERATION_WORDS
#undef GW_VALUE_WORDS
};
struct Told {
  api::OperationId id;
  const char* japanese;
};
constexpr Told kOperations[] = {
#define GW_OPERATION_WORDS(id, japanese) {api::OperationId::id, japanese},
#define GW_VALUE_WORDS(name, japanese, english)
#include "cli/operation_words.def"
#undef GW_OPERATION_WORDS
#undef GW_VALUE_WORDS
};

}  // namespace

const ValueForm& form_of(Type type) { return *std::ranges::find(kForms, type, &ValueForm::type); }

Words words_of(const Parameter& parameter) {
  const Named* found = std::ranges::find(kValues, parameter.name, &Named::name);
  return found == std::end(kValues) ? form_of(parameter.type).help : Words{found->japanese, found->english};
}

bool is_operand(const Parameter& parameter) {
  if (parameter.place == api::Place::path) return true;
  const bool has_path =
      std::ranges::any_of(api::parameters_of(parameter.operation),
                          [](const Parameter& one) { return one.place == api::Place::path; });
  return parameter.name == "name" && parameter.need == api::Need::required && !has_path;
}

std::string operand_word(const Parameter& parameter) {
  std::string out(parameter.name);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c == '_' ? '-' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  return out;
}

std::string value_word(const Parameter& parameter) {
  if (parameter.type != Type::role) return form_of(parameter.type).word;
  std::string out;
  for (std::size_t i = 0; i < accounts::kRoles; ++i)
    out.append(out.empty() ? "" : "|").append(accounts::to_string(static_cast<accounts::Role>(i)));
  return out;
}

Words words_of(const api::Operation& operation) {
  const Told* found = std::ranges::find(kOperations, operation.id, &Told::id);
  const std::string english(operation.summary);
  return {found == std::end(kOperations) ? english : found->japanese, english};
}

Result<TypedValue> value_of(const Parameter& parameter, const std::string& written) {
  GW_TRY(TypedValue value, form_of(parameter.type).read(parameter, written));
  if (const auto fault = api::check(parameter, value)) return at_fault(*fault);
  return value;
}

}  // namespace gw::cli
