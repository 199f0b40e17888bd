// --mount: docker/cli 28.2.2, opts/mount.go.
#include <algorithm>
#include <array>

#include "linter/base/text.h"
#include "linter/input/docker_mounts.h"
#include "linter/input/docker_values.h"
#include "linter/input/docker_volume.h"

namespace cagelint::input {
namespace {

using model::Mount;

class MountReader {
 public:
  MountReader(const FlagUse& use, const Reading& reading) : use_(use), reading_(reading) {
    mount_.form = Mount::Form::kLong;
  }

  // False when the client refuses the value.
  bool Run() {
    std::vector<CsvField> fields;
    if (!ReadCsvFields(use_.value.Text(), fields)) {
      reading_.RefuseValue(use_, "it is no line of comma-separated fields");
      return false;
    }
    for (const CsvField& field : fields) ReadField(field);
    if (mount_.type.IsAbsent() && !unknown_field_)
      mount_.type =
          model::Setting<std::string>::Known("volume", use_.value.whole, use_.value.Span());
    if (unknown_field_) ForgetAbsent();
    SetHost();
    if (reading_.IsDocker()) CheckWhole();
    return !refused_;
  }

  Mount Take() { return std::move(mount_); }

 private:
  struct Field {
    std::string key;  // lower case
    std::string text;
    Value value;  // its place; of a bare key the key's
    bool bare = false;
    Value whole;
  };

  void Refuse(const Value& part, const std::string& reason) {
    if (refused_) return;  // the client stops at the first
    refused_ = true;
    reading_.RefuseValue(use_, part, reason);
  }

  void ReadField(const CsvField& csv) {
    const std::size_t equals = csv.text.find('=');
    Field field;
    field.bare = equals == std::string::npos;
    field.whole = use_.value.Part(csv.begin, csv.end);
    field.key = base::ToLower(std::string_view(csv.text).substr(0, equals));
    if (!IsLiteralText(field.key)) {
      unknown_field_ = true;
      return;
    }
    field.text = field.bare ? "" : csv.text.substr(equals + 1);
    const std::size_t from = csv.offset + (field.bare ? 0 : equals + 1);
    const std::size_t size = field.bare ? csv.text.size() : field.text.size();
    field.value = use_.value.Part(from, std::min(from + size, csv.end));
    if (MayHoldOptions(field.text)) glued_ = field.value;
    if (field.bare ? ReadBare(field) : ReadPair(field)) return;
    if (!reading_.IsDocker()) {
      KeepOption(field);
    } else if (field.bare) {
      Refuse(field.whole, "the field `" + csv.text + "` is no `key=value`");
    } else {
      Refuse(field.whole, "there is no key `" + field.key + "`");
    }
  }

  bool ReadBare(const Field& field) {
    if (field.key == "readonly" || field.key == "ro") {
      mount_.read_only = Known(true, field);
      return true;
    }
    if (!reading_.IsDocker() && field.key == "rw") {
      mount_.read_only = Known(false, field);
      return true;
    }
    if (field.key != "volume-nocopy" && field.key != "bind-nonrecursive") return false;
    KeepOption(field);
    return true;
  }

  bool ReadPair(const Field& field) {
    const std::string& key = field.key;
    if (key == "type") {
      mount_.type = Text(field, base::ToLower(field.text));
    } else if (key == "source" || key == "src") {
      mount_.source = SourceSetting(field.value, reading_);
      source_ = field.text;
    } else if (key == "target" || key == "dst" || key == "destination" ||
               (key == "dest" && !reading_.IsDocker())) {
      mount_.target = Text(field, Spelled(field.text));
    } else if (key == "readonly" || key == "ro") {
      ReadBool(field, &mount_.read_only);
    } else if (key == "bind-propagation") {
      mount_.propagation = Text(field, base::ToLower(field.text));
    } else if (key == "tmpfs-size") {
      ReadSize(field);
    } else if (key == "volume-driver") {
      mount_.driver = Text(field, Spelled(field.text));
    } else if (key == "volume-opt") {
      const std::size_t equals = std::min(field.text.find('='), field.text.size());
      mount_.driver_options.emplace_back(
          Spelled(std::string_view(field.text).substr(0, equals)),
          equals == field.text.size() ? ""
                                      : Spelled(std::string_view(field.text).substr(equals + 1)));
    } else {
      return ReadOther(field);
    }
    Note(key);
    return true;
  }

  bool ReadOther(const Field& field) {
    static constexpr std::array<std::string_view, 8> kOthers{
        "consistency",   "bind-nonrecursive", "bind-recursive", "volume-subpath",
        "volume-nocopy", "volume-label",      "image-subpath",  "tmpfs-mode"};
    if (std::find(kOthers.begin(), kOthers.end(), field.key) == kOthers.end()) return false;
    KeepOption(field);
    if (!IsLiteralText(field.text)) return true;
    if (field.key.ends_with("nonrecursive") || field.key == "volume-nocopy") {
      if (!ParseBool(field.text)) Refuse(field.value, "`" + field.key + "` takes true or false");
    } else if (field.key == "tmpfs-mode") {
      if (!ParseUnsigned(field.text, 8, UINT32_MAX).Ok())
        Refuse(field.value, "`tmpfs-mode` takes an octal number");
    } else if (field.key == "bind-recursive") {
      recursive_ = field.text;
      if (field.text != "enabled" && field.text != "disabled" && field.text != "writable" &&
          field.text != "readonly") {
        Refuse(field.value,
               "`bind-recursive` takes `enabled`, `disabled`, `writable` or `readonly`");
      }
    }
    return true;
  }

  void ReadBool(const Field& field, model::Setting<bool>* setting) {
    if (!IsLiteralText(field.text)) {
      *setting = model::Setting<bool>::Dynamic(field.value.Written(), Place(field.whole),
                                               Place(field.value));
    } else if (const auto value = ParseBool(field.text)) {
      *setting = Known(*value, field);
    } else {
      Refuse(field.value, "`" + field.key + "` takes true or false");
    }
  }

  void ReadSize(const Field& field) {
    KeepOption(field);
    if (!IsLiteralText(field.text)) {
      mount_.size = model::Setting<std::int64_t>::Dynamic(field.value.Written(), Place(field.whole),
                                                          Place(field.value));
      return;
    }
    const auto size = ParseBytes(field.text);
    if (size.Ok()) {
      mount_.size = Known(size.Value(), field);
    } else {
      Refuse(field.value, size.Message());
    }
  }

  void KeepOption(const Field& field) {
    Note(field.key);
    const std::string text = field.bare ? field.key : field.key + "=" + Spelled(field.text);
    mount_.options.Add(IsKnowable(field.text)
                           ? Known(text, field)
                           : model::Setting<std::string>::Dynamic(
                                 field.whole.Written(), Place(field.whole), Place(field.value)));
  }

  // Remembers which kind of mount a key belongs to.
  void Note(const std::string& key) {
    for (const std::string_view type : {"bind", "volume", "tmpfs", "image"})
      if (key.starts_with(std::string(type) + "-")) kinds_.emplace_back(type);
  }

  static base::Span Place(const Value& value) { return value.Span(); }

  template <typename T>
  model::Setting<T> Known(T value, const Field& field) const {
    return model::Setting<T>::Known(std::move(value), Place(field.whole), Place(field.value));
  }

  model::Setting<std::string> Text(const Field& field, std::string text) const {
    if (IsKnowable(field.text)) return Known(std::move(text), field);
    return model::Setting<std::string>::Dynamic(field.value.Written(), Place(field.whole),
                                                Place(field.value));
  }

  // A field that cannot be known may be any of them.
  void ForgetAbsent() {
    if (mount_.type.IsAbsent()) mount_.type = DynamicSetting<std::string>(use_.value);
    if (mount_.source.IsAbsent()) mount_.source = DynamicSetting<std::string>(use_.value);
    if (mount_.target.IsAbsent()) mount_.target = DynamicSetting<std::string>(use_.value);
    if (mount_.read_only.IsAbsent()) mount_.read_only = DynamicSetting<bool>(use_.value);
    if (mount_.propagation.IsAbsent()) mount_.propagation = DynamicSetting<std::string>(use_.value);
    if (mount_.size.IsAbsent()) mount_.size = DynamicSetting<std::int64_t>(use_.value);
  }

  void SetHost() {
    if (glued_.word != nullptr && mount_.read_only.IsAbsent())
      mount_.read_only = DynamicSetting<bool>(glued_);
    if (mount_.IsBind() && !source_.empty()) mount_.host = HostPathOf(source_, reading_);
    FindBoundPath(mount_, reading_);
  }

  void CheckWhole() {
    if (mount_.type.IsKnown() && mount_.type.value.empty())
      Refuse(use_.value, "its `type` is empty");
    if (mount_.target.IsAbsent() || mount_.target.Is("")) Refuse(use_.value, "it has no target");
    if (!mount_.type.IsKnown() || unknown_field_) return;
    for (const std::string_view kind : kinds_) {
      if (mount_.type.value == kind) continue;
      Refuse(use_.value, "`" + std::string(kind) + "-*` options do not go with the type `" +
                             mount_.type.value + "`");
      return;
    }
    if (recursive_ != "writable" && recursive_ != "readonly") return;
    const bool needs_propagation = recursive_ == "readonly" && !mount_.propagation.IsDynamic() &&
                                   !mount_.propagation.Is("rprivate");
    if (mount_.read_only.IsAbsent() || mount_.read_only.Is(false))
      Refuse(use_.value, "`bind-recursive=" + recursive_ + "` needs `readonly`");
    else if (needs_propagation)
      Refuse(use_.value, "`bind-recursive=readonly` needs `bind-propagation=rprivate`");
  }

  const FlagUse& use_;
  const Reading& reading_;
  Mount mount_;
  std::string source_;     // with its symbols
  std::string recursive_;  // of bind-recursive
  std::vector<std::string_view> kinds_;
  Value glued_;
  bool unknown_field_ = false;
  bool refused_ = false;
};

}  // namespace

void ReadMount(const FlagUse& use, const Reading& reading, model::Container& container) {
  if (use.value.Text() == std::string_view(&kUnknownByte, 1)) {
    container.mounts.Add(DynamicSetting<Mount>(use.value));
    return;
  }
  MountReader reader(use, reading);
  // What was refused is modelled as far as it was understood.
  const bool accepted = reader.Run();
  Mount mount = reader.Take();
  if (accepted || mount.target.IsKnown())
    container.mounts.Add(KnownSetting(std::move(mount), use.value));
}

}  // namespace cagelint::input
