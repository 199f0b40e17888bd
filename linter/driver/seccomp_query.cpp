#include "linter/driver/seccomp_query.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "linter/base/byte_gate.h"
#include "linter/base/source.h"
#include "linter/base/text.h"
#include "linter/driver/json_range.h"
#include "linter/input/reader.h"
#include "linter/model/effective.h"
#include "linter/seccomp/abi.h"

namespace cagelint::driver {
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::uint64_t> ParseNumber(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (hexadecimal) text.remove_prefix(2);
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, hexadecimal ? 16 : 10);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

std::string Hex(std::uint64_t value) {
  char digits[16];
  const auto written = std::to_chars(digits, digits + sizeof digits, value, 16);
  return "0x" + std::string(digits, written.ptr);
}

std::string_view NativeArchitecture() {
#if defined(__aarch64__)
  return "arm64";
#elif defined(__i386__)
  return "386";
#elif defined(__arm__)
  return "arm";
#elif defined(__s390x__)
  return "s390x";
#elif defined(__riscv) && __riscv_xlen == 64
  return "riscv64";
#elif defined(__powerpc64__)
  return "ppc64le";
#else
  return "amd64";
#endif
}

bool SetKernel(std::string_view value, seccomp::KernelVersion& out) {
  const auto parts = base::Split(value, '.');
  if (parts.size() < 2) return false;
  const auto major = ParseNumber(parts[0]);
  const auto minor = ParseNumber(parts[1]);
  if (!major || !minor || *major > 1000 || *minor > 1000) return false;
  out = {static_cast<int>(*major), static_cast<int>(*minor)};
  return true;
}

std::vector<std::string> ParseCapabilities(std::string_view value) {
  std::vector<std::string> out;
  if (value == "none") return out;
  for (const std::string_view word : base::Split(value, ',')) {
    std::string name = base::ToUpper(base::Trim(word));
    if (name.empty()) continue;
    out.push_back(name == "ALL" || name.starts_with("CAP_") ? name : "CAP_" + name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

template <typename T, std::size_t kCount>
bool Choose(std::string_view value, const std::pair<std::string_view, T> (&choices)[kCount],
            T& out) {
  for (const auto& [name, choice] : choices) {
    if (name != value) continue;
    out = choice;
    return true;
  }
  return false;
}

// One query's answer, before it is printed.
struct Line {
  std::string action;
  bool certain = true;
  base::Span decided_by;
};

class Answerer {
 public:
  Answerer(const SeccompRequest& request, const base::SourceSet& sources,
           const seccomp::Loaded& loaded)
      : request_(request), sources_(sources), loaded_(loaded) {}

  SeccompAnswer Do() {
    static constexpr std::string_view kNames[] = {"ok", "error", "disabled"};
    const std::string load(kNames[static_cast<std::size_t>(loaded_.load)]);
    json_ = {{"version", 1}, {"load", load}};
    answer_.text = "load: " + load + "\n";
    if (loaded_.load == seccomp::Load::kError) AddReason();
    json_["verdicts"] = Json::array();
    for (const SeccompQuery& query : request_.queries)
      query.conditions ? AddConditions(query) : AddVerdict(query);
    answer_.loads = loaded_.load != seccomp::Load::kError;
    answer_.json = json_.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
    return std::move(answer_);
  }

 private:
  Json Place(const base::Span& span) const {
    return {{"path", sources_.Get(span.file).Path()}, {"range", RangeJson(sources_, span)}};
  }

  std::string PlaceText(const base::Span& span) const {
    const base::Source& source = sources_.Get(span.file);
    const base::Position at = source.PositionAt(span.begin);
    return base::Escape(source.Path()) + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column);
  }

  void AddReason() {
    json_["reason"] = loaded_.reason;
    answer_.text += "reason: " + base::Escape(loaded_.reason) + "\n";
    if (!loaded_.place.IsValid()) return;
    json_["place"] = Place(loaded_.place);
    answer_.text += "  at " + PlaceText(loaded_.place) + "\n";
  }

  Line Decide(const SeccompQuery& query) const {
    if (loaded_.load == seccomp::Load::kError) return {"LOAD_ERROR", true, {}};
    if (loaded_.load == seccomp::Load::kDisabled) return {"ALLOW", true, {}};
    const seccomp::Verdict verdict =
        seccomp::Decide(*loaded_.filter, query.abi, query.syscall, query.arguments);
    if (!verdict.exists) return {"NO_SUCH_SYSCALL", true, {}};
    return {seccomp::Name(verdict.action), verdict.certain, verdict.decided_by};
  }

  void AddVerdict(const SeccompQuery& query) {
    const Line line = Decide(query);
    const std::string abi = query.abi.empty() ? Native() : query.abi;
    Json arguments = Json::array();
    std::string list;
    for (const std::uint64_t value : query.arguments) {
      arguments.push_back(Hex(value));
      list += (list.empty() ? "" : ", ") + Hex(value);
    }
    Json verdict = {
        {"abi", abi}, {"syscall", query.syscall}, {"args", arguments}, {"action", line.action}};
    answer_.text += abi + " " + base::Escape(query.syscall) + "(" + list + "): " + line.action;
    if (!line.certain) verdict["certain"] = false;
    if (!line.certain) answer_.text += " (libseccomp's internal order decides)";
    if (line.decided_by.IsValid()) {
      verdict["decided_by"] = Place(line.decided_by);
      answer_.text += ", by " + PlaceText(line.decided_by);
    }
    answer_.text += "\n";
    json_["verdicts"].push_back(std::move(verdict));
  }

  void AddConditions(const SeccompQuery& query) {
    std::string text = "load error";
    if (loaded_.load == seccomp::Load::kDisabled) text = "always allowed";
    if (loaded_.filter != nullptr)
      text = seccomp::Conditions(*loaded_.filter, query.abi, query.syscall);
    const std::string name = (query.abi.empty() ? "" : query.abi + ":") + query.syscall;
    answer_.text += base::Escape(name) + ": " + text + "\n";
    json_["conditions"][name] = std::move(text);
  }

  std::string Native() const {
    const seccomp::Host* host = seccomp::HostNamed(request_.environment.architecture);
    return host == nullptr ? "" : std::string(host->abi);
  }

  const SeccompRequest& request_;
  const base::SourceSet& sources_;
  const seccomp::Loaded& loaded_;
  Json json_;
  SeccompAnswer answer_;
};

// Reads the file and judges it. What the reader cannot read is a profile that would not load.
seccomp::Loaded LoadFile(const SeccompRequest& request, const base::Source& source,
                         const input::Context& context, model::Document& document) {
  seccomp::Loaded refused;
  refused.load = seccomp::Load::kError;
  if (const auto refusal = base::CheckBytes(source.Bytes())) {
    refused.reason = refusal->message;
    return refused;
  }
  document = input::kSeccompReader.read(source, context);
  if (!document.profiles.empty())
    return seccomp::LoadProfile(document.profiles.front(), request.environment);
  if (!document.gaps.empty()) {
    refused.reason = document.gaps.front().message;
    refused.place = document.gaps.front().span;
  }
  return refused;
}

}  // namespace

base::Result<SeccompQuery> ParseSeccompQuery(std::string_view text) {
  SeccompQuery query;
  std::vector<std::string_view> parts = base::Split(text, ':');
  if (parts.size() > 1 && seccomp::AbiNamed(parts.front()) != nullptr) {
    query.abi = parts.front();
    parts.erase(parts.begin());
  }
  if (parts.front().empty() || parts.size() > 2)
    return base::Error{"`" + std::string(text) + "` is not [ABI:]SYSCALL[:ARG0[,ARG1…]]"};
  query.syscall = parts.front();
  query.conditions = parts.size() == 1 && query.abi.empty();
  if (parts.size() == 1 || parts.back().empty()) return query;
  for (const std::string_view word : base::Split(parts.back(), ',')) {
    const auto value = ParseNumber(word);
    if (!value || query.arguments.size() == 6)
      return base::Error{"`" + std::string(text) +
                         "` has an argument that is no number, or over six"};
    query.arguments.push_back(*value);
  }
  return query;
}

base::Result<bool> SetSeccompOption(std::string_view flag, std::string_view value,
                                    seccomp::Environment& environment) {
  using seccomp::Dialect;
  using seccomp::Runtime;
  const std::string shown = "`" + std::string(value) + "` is ";
  if (flag == "engine") {
    if (Choose<Dialect>(
            value,
            {{"docker", Dialect::kDocker}, {"podman", Dialect::kPodman}, {"oci", Dialect::kOci}},
            environment.dialect))
      return true;
    return base::Error{shown + "none of docker, podman, oci"};
  }
  if (flag == "runtime") {
    if (Choose<Runtime>(value,
                        {{"runc", Runtime::kRunc},
                         {"crun", Runtime::kCrun},
                         {"runc-nostub", Runtime::kRuncNoStub}},
                        environment.runtime))
      return true;
    return base::Error{shown + "none of runc, crun, runc-nostub"};
  }
  if (flag == "kernel") {
    if (SetKernel(value, environment.kernel)) return true;
    return base::Error{shown + "no kernel version such as 6.1"};
  }
  if (flag == "caps") {
    environment.capabilities = ParseCapabilities(value);
    return true;
  }
  environment.architecture = value;
  if (seccomp::HostNamed(value) != nullptr) return true;
  return base::Error{shown +
                     "no architecture that is known (amd64, arm64, 386, arm, s390x, "
                     "riscv64, ppc64le, mips64le)"};
}

seccomp::Environment DefaultSeccompEnvironment() {
  seccomp::Environment environment;
  environment.architecture = NativeArchitecture();
  environment.capabilities = model::DefaultCapabilities(model::Engine::kDocker);
  return environment;
}

base::Result<SeccompAnswer> AnswerSeccomp(const SeccompRequest& request,
                                          const base::FileSystem& files) {
  base::ReadResult read = files.read(request.path);
  if (!read.Ok()) return base::Error{request.path + ": " + read.message};
  base::SourceSet sources;
  const input::Options options;
  const base::Source& source = sources.Add(request.path, std::move(read.bytes));
  model::Document document;
  const seccomp::Loaded loaded = LoadFile(request, source, {sources, files, options}, document);
  return Answerer(request, sources, loaded).Do();
}

}  // namespace cagelint::driver
