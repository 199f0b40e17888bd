#include "linter/input/docker_mounts.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

using model::Mount;

bool IsLetter(char c) {
  return static_cast<char>(c | 0x20) >= 'a' && static_cast<char>(c | 0x20) <= 'z';
}

// The sections of a volume: a section of one letter keeps its colon, as a Windows drive does.
struct Sections {
  std::vector<Value> parts;
  const char* refusal = nullptr;
};

Sections SplitVolume(const Value& value) {
  Sections out;
  const std::string_view text = value.Text();
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool at_end = i == text.size();
    if (!at_end && text[i] != ':') continue;
    if (!at_end && i == begin + 1 && IsLetter(text[begin])) continue;
    if (i == begin) {
      out.refusal = "a section between colons is empty";
      return out;
    }
    if (out.parts.size() == 2 && !at_end) {
      out.refusal = "there are too many colons";
      return out;
    }
    out.parts.push_back(value.Part(begin, i));
    begin = i + 1;
  }
  return out;
}

bool IsWindowsPath(std::string_view text) {
  return text.starts_with("\\\\") || (text.size() > 1 && IsLetter(text[0]) && text[1] == ':');
}

bool IsBase(char symbol) {
  return symbol == kWorkingDirectoryByte || symbol == kHomeByte || symbol == kFileDirectoryByte;
}

// Bind or volume, by the first letters of the source, as the client tells them apart
// (docker/cli, cli/compose/loader/volume.go).
model::Setting<std::string> TypeOf(const Value& source) {
  const std::string_view text = source.Text();
  if (text[0] == kUnknownByte) return DynamicSetting<std::string>(source);
  const bool path =
      text[0] == '/' || text[0] == '.' || text[0] == '~' || IsBase(text[0]) || IsWindowsPath(text);
  return KnownSetting<std::string>(path ? "bind" : "volume", source);
}

bool IsPropagation(std::string_view option) {
  if (option.starts_with('r') && option.size() > 1 && option != "ro") option.remove_prefix(1);
  return option == "shared" || option == "slave" || option == "private";
}

// What stands behind the second colon. Of ro and rw the last counts.
void ReadVolumeOptions(const Value& options, Mount& mount) {
  std::size_t begin = 0;
  bool unknown = false;
  for (const std::string_view option : base::Split(options.Text(), ',')) {
    const Value part = options.Part(begin, begin + option.size());
    begin += option.size() + 1;
    const bool access = option == "ro" || option == "rw";
    // The daemon refuses a second one of a kind: it is kept among the options as well.
    if ((access && !mount.read_only.IsAbsent()) ||
        (IsPropagation(option) && !mount.propagation.IsAbsent()))
      mount.options.Add(KnownSetting(std::string(option), part));
    if (access) {
      mount.read_only = KnownSetting(option == "ro", part);
    } else if (IsPropagation(option)) {
      mount.propagation = KnownSetting(std::string(option), part);
    } else if (!IsKnowable(option)) {
      unknown = true;
      mount.options.Add(DynamicSetting<std::string>(part));
    } else if (!option.empty()) {
      mount.options.Add(KnownSetting(Spelled(option), part));
    }
  }
  if (unknown && mount.read_only.IsAbsent()) mount.read_only = DynamicSetting<bool>(options);
}

// The size among the options of a tmpfs: bytes, or with k, m, g as the kernel reads it.
std::optional<std::int64_t> TmpfsSize(std::string_view option) {
  if (!option.starts_with("size=")) return std::nullopt;
  option.remove_prefix(5);
  const bool plain = !option.empty() && option.find_first_not_of("0123456789") == option.size() - 1;
  const bool suffixed = plain && std::string_view("kmgKMG").find(option.back()) != option.npos;
  if (!suffixed && option.find_first_not_of("0123456789") != option.npos) return std::nullopt;
  const auto size = ParseBytes(option);
  if (!size.Ok()) return std::nullopt;
  return size.Value();
}

void ReadTmpfsOptions(const Value& options, Mount& mount) {
  std::size_t begin = 0;
  for (const std::string_view option : base::Split(options.Text(), ',')) {
    const Value part = options.Part(begin, begin + option.size());
    begin += option.size() + 1;
    if (option.empty()) continue;
    mount.options.Add(TextSetting(part));
    if (option == "ro" || option == "rw") mount.read_only = KnownSetting(option == "ro", part);
    if (const auto size = TmpfsSize(option)) mount.size = KnownSetting(*size, part);
    if (!IsKnowable(option) && (option.starts_with("size=") || option[0] == kUnknownByte))
      mount.size = DynamicSetting<std::int64_t>(part);
    if (option[0] == kUnknownByte && mount.read_only.IsAbsent())
      mount.read_only = DynamicSetting<bool>(part);
  }
}

// The base that `path`, absolute, stands in; "" as the rest means the base itself.
bool StandsIn(std::string_view path, std::string_view base, std::string_view& rest) {
  if (base.size() < 2 || !path.starts_with(base)) return false;
  rest = path.substr(base.size());
  return rest.empty() || rest[0] == '/';
}

// `rest` of a path behind its base, up to the first part that cannot be known.
void SetPath(std::string_view rest, bool absolute, model::HostPath& host) {
  const std::size_t symbol =
      static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), IsSymbol) - rest.begin());
  if (symbol < rest.size()) {
    host.exact = false;
    const std::size_t slash = rest.substr(0, symbol).rfind('/');
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(0, slash + 1);
  }
  if (!absolute) rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  host.path = base::CleanPath(absolute && rest.empty() ? "/" : rest);
}

model::HostPath AbsolutePath(std::string_view text, const Reading& reading) {
  model::HostPath host{model::PathBase::kAbsolute, "", true};
  std::string_view rest = text;
  if (reading.invocation.runs_now && IsLiteralText(text)) {
    const std::string clean = base::CleanPath(text);
    const auto& environment = reading.context.options.process_environment;
    const auto found = environment.find("HOME");
    const std::string home = found == environment.end() ? "" : base::CleanPath(found->second);
    const std::string& here = reading.context.files.working_directory;
    if (here != home && StandsIn(clean, here, rest)) {
      host.base = model::PathBase::kWorkingDirectory;
    } else if (StandsIn(clean, home, rest)) {
      host.base = model::PathBase::kHome;
    }
    if (host.base != model::PathBase::kAbsolute) {
      SetPath(std::string(rest), false, host);
      return host;
    }
  }
  SetPath(text, true, host);
  return host;
}

}  // namespace

model::HostPath HostPathOf(std::string_view text, const Reading& reading) {
  using model::PathBase;
  if (text.empty()) return {};
  if (text[0] == '/') return AbsolutePath(text, reading);
  const std::string& here = reading.invocation.working_directory;
  if (text[0] == '.' && !here.empty() && here[0] != '.')
    return HostPathOf(here + "/" + std::string(text), reading);
  model::HostPath host{PathBase::kWorkingDirectory, "", true};
  const bool bare = text.size() == 1 || text[1] == '/';
  std::string_view rest = text;
  if (IsBase(text[0]) || text[0] == '~') {
    rest.remove_prefix(1);
    host.base = text[0] == kWorkingDirectoryByte ? PathBase::kWorkingDirectory
                : text[0] == kFileDirectoryByte  ? PathBase::kProject
                                                 : PathBase::kHome;
  }
  if (IsWindowsPath(text)) return {PathBase::kAbsolute, Spelled(text), IsLiteralText(text)};
  if (IsSymbol(text[0]) ? !bare || !IsBase(text[0]) : text[0] == '~' && !bare)
    return {PathBase::kUnknown, "", false};
  SetPath(rest, false, host);
  return host;
}

bool MayHoldOptions(std::string_view text) {
  return text.size() > 1 && text.back() == kUnknownByte && text[text.size() - 2] != '/' &&
         !IsSymbol(text[text.size() - 2]);
}

model::Setting<std::string> SourceSetting(const Value& value, const Reading& reading) {
  const std::string_view text = value.Text();
  if (!text.starts_with('.') || !IsKnowable(text)) return TextSetting(value);
  if (reading.invocation.runs_now) {
    const std::string& here = reading.context.files.working_directory;
    return KnownSetting(base::JoinPath(here, text), value);
  }
  const std::string& here = reading.invocation.working_directory;
  if (!here.empty())
    return KnownSetting(base::CleanPath(Spelled(here + "/" + std::string(text))), value);
  const std::string path = base::CleanPath(Spelled(text));
  return KnownSetting(path == "." ? "$PWD" : "$PWD/" + path, value);
}

namespace {

// Source, target and perhaps options.
Mount MountOf(const std::vector<Value>& parts, const Reading& reading) {
  Mount mount;
  mount.type = TypeOf(parts[0]);
  mount.source = SourceSetting(parts[0], reading);
  mount.target = TextSetting(parts[1]);
  if (!mount.type.Is("volume")) mount.host = HostPathOf(parts[0].Text(), reading);
  // What no shell filled in is no path for the daemon, which asks path.IsAbs (moby,
  // volume/mounts/linux_parser.go).
  if (parts[0].Text()[0] == '~') mount.host = {model::PathBase::kUnknown, "", false};
  if (parts.size() > 2)
    ReadVolumeOptions(parts[2], mount);
  else if (MayHoldOptions(parts[1].Text()))
    mount.read_only = DynamicSetting<bool>(parts[1]);
  return mount;
}

}  // namespace

void ReadVolume(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  if (text.empty()) {
    reading.RefuseValue(use, "the volume is empty");
    return;
  }
  Sections sections;
  if (text.size() <= 2)
    sections.parts.push_back(use.value);
  else
    sections = SplitVolume(use.value);
  if (sections.refusal != nullptr) {
    reading.RefuseValue(use, sections.refusal);
  } else if (sections.parts.size() > 1) {
    container.mounts.Add(KnownSetting(MountOf(sections.parts, reading), use.value));
  } else if (!IsKnowable(text)) {
    // One section with something unknown may be a source and a target.
    container.mounts.Add(DynamicSetting<Mount>(use.value));
  } else {
    Mount mount;
    mount.type = KnownSetting<std::string>("volume", use.value);
    mount.target = TextSetting(use.value);
    container.mounts.Add(KnownSetting(std::move(mount), use.value));
  }
}

void ReadTmpfs(const FlagUse& use, const Reading&, model::Container& container) {
  const std::string_view text = use.value.Text();
  const std::size_t colon = std::min(text.find(':'), text.size());
  Mount mount;
  mount.form = Mount::Form::kTmpfs;
  mount.type = KnownSetting<std::string>("tmpfs", use.value);
  const Value target = use.value.Part(0, colon);
  mount.target = TextSetting(target);
  if (colon < text.size()) ReadTmpfsOptions(use.value.Part(colon + 1, text.size()), mount);
  if (colon == text.size() && (MayHoldOptions(text) || text == std::string(1, kUnknownByte))) {
    mount.read_only = DynamicSetting<bool>(target);
    mount.size = DynamicSetting<std::int64_t>(target);
    mount.options.state = model::State::kDynamic;
    mount.options.source = target.Written();
  }
  container.mounts.Add(KnownSetting(std::move(mount), use.value));
}

}  // namespace cagelint::input
