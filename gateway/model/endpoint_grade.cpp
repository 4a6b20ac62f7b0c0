#include "model/endpoint_grade.h"

#include <algorithm>

namespace gw::model {
namespace {

constexpr std::string_view kProbeNames[kProbes] = {"tls13", "tls12", "other_suites", "older"};
constexpr std::string_view kAnswerNames[] = {"unknown", "refused", "agreed"};
constexpr std::string_view kSeenNames[] = {"unknown", "no", "yes"};
constexpr std::string_view kAskedNames[] = {"unknown", "no", "asked", "demanded"};
constexpr std::string_view kRemarkNames[] = {
#define GW_ENDPOINT_REMARK(name, id) id,
#include "model/endpoint_remarks.def"
#undef GW_ENDPOINT_REMARK
};
/// Public authorities' certificates are renewed about a month before their end.
constexpr std::chrono::days kSoon{14};

template <class E>
std::size_t index(E value) {
  return static_cast<std::size_t>(value);
}

bool refuses_profile(const EndpointGrade& grade) {
  if (grade.profile == ProfileName::high_13) return grade.refuses(Probe::tls13);
  return grade.refuses(Probe::tls13) && grade.refuses(Probe::tls12);
}
bool has_wrong_name(const EndpointGrade& grade) {
  return grade.certificate && !grade.certificate->carries_name;
}
bool ends_soon(const EndpointGrade& grade) {
  return grade.certificate && grade.certificate->ends < grade.at + kSoon;
}
bool needs_no_exception(const EndpointGrade& grade) {
  return grade.profile != ProfileName::high_13 && grade.takes(Probe::tls13);
}

struct RemarkRow {
  EndpointRemark remark;
  bool (*applies)(const EndpointGrade& grade);
};
constexpr RemarkRow kRemarks[] = {
    {EndpointRemark::profile_refused, refuses_profile},
    {EndpointRemark::takes_older, [](const EndpointGrade& grade) { return grade.takes(Probe::older); }},
    {EndpointRemark::takes_other_suites,
     [](const EndpointGrade& grade) { return grade.takes(Probe::other_suites); }},
    {EndpointRemark::name_missing, has_wrong_name},
    {EndpointRemark::ends_soon, ends_soon},
    {EndpointRemark::exception_can_go, needs_no_exception},
};

}  // namespace

std::string_view to_string(Probe probe) { return kProbeNames[number_of(probe)]; }
std::string_view to_string(Probed::Answer answer) { return kAnswerNames[index(answer)]; }
std::string_view to_string(Seen seen) { return kSeenNames[index(seen)]; }
std::string_view to_string(Asked asked) { return kAskedNames[index(asked)]; }
std::string_view to_string(EndpointRemark remark) { return kRemarkNames[index(remark)]; }

std::vector<EndpointRemark> remarks_on(const EndpointGrade& grade) {
  std::vector<EndpointRemark> out;
  for (const RemarkRow& row : kRemarks)
    if (row.applies(grade)) out.push_back(row.remark);
  return out;
}

}  // namespace gw::model
