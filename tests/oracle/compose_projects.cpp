#include "tests/oracle/compose_projects.h"

#include <cctype>
#include <iterator>
#include <utility>

namespace cagelint::test {
namespace {

struct Pool {
  std::string_view key;
  std::string_view good;
  std::string_view bad;
};

constexpr Pool kPools[] = {
#include "tests/oracle/compose_pools.inc"
};

// What stands for any scalar: YAML's and compose-go's ideas of types, and operators of variables.
constexpr std::string_view kOddScalars =
    R"(true  yes  on  y  ~  null  ""  ''  1  -1  0x10  0o17  017  1_000  1.5  1e3  .5  .inf  .nan  2001-01-01  )"
    R"(0b101  "1"  "true"  "a b"  ${SET}  ${UNSET}  "${EMPTY}"  "${EMPTY:-d}"  "${EMPTY-d}"  "${SET:+alt}"  )"
    R"("${UNSET+alt}"  "${SET?e}"  "${UNSET-${SET}}"  "${UNSET:-${UNSET2:-x}}"  "$$"  "a$$b"  "$SET$SET"  )"
    R"("${SET}x"  "${UNSET:-a:b}"  []  {}  [a]  {a: b}  !!str 1  !!int "1"  !!bool "true"  !!float 1  !x y  )"
    R"(*sc  &z 5  "${UNSET:-}"  "${UNSET:-{}}"  1:30  +5  -0  0x  1__0  _1  1_  "${SET:-a}b${EMPTY:+c}d")";

constexpr std::string_view kBadScalars =
    R"("${UNSET:?e}"  "${UNSET?}"  "${"  "$"  "${}"  "${1a}"  "${SET"  "${SET!x}"  "$ x"  *nope  !!int a  !!bool x  )"
    R"("${SET:}"  "${SET-"  "a$"  "${SET }"  "${ SET}"  "$1"  "${EMPTY:?}"  "${UNSET:-${}"  [a, a]  {a: 1, a: 2}  )"
    R"("${SET:-${X}"  "x${UNSET:-}}"  !!null x)";

constexpr std::string_view kDotEnvs =
    R"(FROM_DOTENV=1~T=true~F=no  T=yes~F=off~SET=dotenv~FROM_DOTENV='a b'  FROM_DOTENV="x y" # c~T="on"~F=${T}  )"
    R"(export T=true~F=False~A=$SET~B=${UNSET:-z}  T=true~COMPOSE_PROJECT_NAME=fromenv~F=n  # only  T=TRUE~F=N~UNSET2='$SET')";

constexpr std::string_view kTopKeys =
    R"(x-a: &anything {a: b}  version: "3.8"  name: Proj_1  name: "${SET:-p}"  version: "2"  x-y: [1, 2]  name: my-name)";
constexpr std::string_view kBadTops =
    R"(version: 3.8  name: 1  foo: 1  name: ""  services: {}  include: nope.yaml  include: [nope.yaml]  networks: []  )"
    R"(volumes: a  name: "A B"  secrets: {x: ~}  version: [1]  name: "-"  networks: {n1: 1}  "a b": 1  models: {m: {}})";

constexpr std::string_view kNetworkValues =
    R"(  ~  {}  {internal: true}  {external: true}  {driver: macvlan, name: nn}  {name: "${SET:-q}"}  {internal: "yes"}  )"
    R"({external: true, name: ext}  {ipam: {config: [{subnet: 10.0.0.0/24}]}}  {enable_ipv6: true, labels: [a=b]}  )"
    R"({external: false}  {attachable: "true", driver_opts: {a: 1}}  {external: {name: old}})";
constexpr std::string_view kBadNetworks =
    R"({foo: 1}  {internal: 1}  {external: x}  {driver: 1}  {ipam: {config: {}}}  []  a  {external: true, driver: x})";
constexpr std::string_view kVolumeValues =
    R"(  ~  {}  {external: true}  {driver: local, driver_opts: {type: none, o: bind, device: /etc}}  {name: vv}  )"
    R"({external: true, name: ev}  {labels: {a: b}}  {external: "no"}  {driver_opts: {o: bind, device: ./d, type: none}}  )"
    R"({external: {name: old}}  {driver: local, driver_opts: {type: none, o: "bind,ro", device: /srv}}  {driver: nfs})";
constexpr std::string_view kBadVolumes =
    R"({foo: 1}  {external: true, driver: x}  {driver: 1}  []  {driver_opts: [a]}  {external: 1}  1  )"
    R"({external: true, labels: {a: b}}  {name: 1}  {external: "x"})";
constexpr std::string_view kSecretValues =
    R"({file: ./sec}  {environment: SET}  {external: true}  {file: sec, name: n}  {external: true, name: x}  )"
    R"({file: "${UNSET:-sec}"})";
constexpr std::string_view kBadSecrets =
    R"({}  {file: a, environment: b}  {foo: 1}  {file: 1}  a  {external: 1}  {name: x})";

std::vector<std::string> Alternatives(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t end = text.find("  ");
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 2);
  }
}

std::string Lines(std::string text) {
  for (char& byte : text)
    if (byte == '~') byte = '\n';
  return text + "\n";
}

// References to `b` without circles: `b` means `c`, and `c` means `d`.
std::string Referring(std::string_view key, std::string value, const std::string& name) {
  constexpr std::string_view kKeys = " network_mode pid ipc volumes_from links depends_on ";
  if (name == "a" || kKeys.find(" " + std::string(key) + " ") == std::string_view::npos)
    return value;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto is_part = [&](std::size_t at) {
      return at < value.size() && std::isalnum(static_cast<unsigned char>(value[at])) != 0;
    };
    if (value[i] == 'b' && !is_part(i + 1) && !(i > 0 && is_part(i - 1)))
      value[i] = name == "b" ? 'c' : 'd';
  }
  return value;
}

}  // namespace

std::string ComposeProject::Shown() const {
  std::string out;
  for (const auto& [name, bytes] : files)
    if (name.ends_with(".yaml") || name == ".env") out += "--- " + name + "\n" + bytes;
  for (const std::string& file : named) out += "-f " + file + " ";
  for (const std::string& file : env_files) out += "--env-file " + file + " ";
  for (const auto& [name, value] : environment) out += name + "=" + value + " ";
  return out;
}

std::string ProjectMaker::One(std::string_view text) { return Pick(Alternatives(text)); }

// A plain scalar behind a variable that gives it in the end.
std::string ProjectMaker::Interpolated(const std::string& value) {
  for (const char byte : value)
    if (std::string_view("[]{}\"'$~*&!>|#\\`,: ").find(byte) != std::string_view::npos)
      return value;
  switch (Below(4)) {
    case 0:
      return "${UNSET:-" + value + "}";
    case 1:
      return "\"${SET:+" + value + "}\"";
    case 2:
      return "\"${UNSET-" + value + "}\"";
    default:
      return "\"" + value + "\"";
  }
}

std::string ProjectMaker::Value(std::size_t key) {
  if (Chance(bad_)) return Chance(75) ? One(kPools[key].bad) : One(kBadScalars);
  if (Chance(odd_)) return One(kOddScalars);
  std::string value = One(kPools[key].good);
  if (Chance(6)) value = Interpolated(value);
  if (Chance(2)) value = "!reset " + value;
  if (Chance(2)) value = "!override " + value;
  return value;
}

std::string ProjectMaker::Extends(const std::string& name) {
  if (Chance(bad_))
    return One(
        R"(nope  {service: nope}  {file: nope.yaml, service: a}  {file: sub/base.yaml}  1  {service: a, foo: 1})"
        R"(  {file: sub/base.yaml, service: nope}  [a]  {service: })");
  if (name == "b") return One(R"(c  {service: c}  {file: sub/base.yaml, service: one})");
  if (name == "c")
    return One(R"({file: sub/base.yaml, service: two}  {file: ./sub/base.yaml, service: chain})");
  return One(
      R"(b  c  {service: b}  {file: sub/base.yaml, service: one}  {file: sub/base.yaml, service: rel})"
      R"(  {file: sub/base.yaml, service: chain}  {file: "${UNSET:-sub/base.yaml}", service: one})");
}

std::size_t ProjectMaker::Key() { return Chance(60) ? Pick(often_) : Below(std::size(kPools)); }

std::string ProjectMaker::Keys(const std::string& name, std::size_t count) {
  std::map<std::string_view, std::string> keys;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t key = Key();
    keys[kPools[key].key] = Referring(kPools[key].key, Value(key), name);
  }
  // Most modes cannot be with networks.
  if (keys.contains("network_mode") && !Chance(bad_)) keys.erase("networks");
  std::string out;
  for (const auto& [key, value] : keys) out += "    " + std::string(key) + ": " + value + "\n";
  return out;
}

// The keys and values of the service `name`. `over`: it lies over another, and may lack an image.
std::string ProjectMaker::Service(const std::string& name, bool over) {
  std::string out = "  " + name + ":\n";
  const bool extends = Chance(12);
  if (Chance(over ? 20 : extends ? 60 : 97))
    out += "    image: " + One("alpine  a/b:1  \"${IMAGE:-x}\"  a@sha256:1") + "\n";
  if (extends) out += "    extends: " + Extends(name) + "\n";
  if (Chance(10)) out += "    <<: " + One("*frag  [*frag, *more]  *more") + "\n";
  out += Keys(name, 1 + Below(5));
  if (Chance(bad_) && Chance(25))
    out += "    " + One("foo: 1  image: twice  image: again  1: x  bad") + "\n";
  if (Chance(2))
    return "  " + name + ": " + One("{image: a}  ~  *frag  {<<: *more, image: z}") + "\n";
  return out;
}

std::string ProjectMaker::Fragments() {
  std::string out = "x-frag: &frag\n  image: frag\n";
  std::map<std::string_view, std::string> keys;
  const std::size_t keep = bad_;
  bad_ = 0;
  for (int i = 0; i < 2; ++i) {
    const std::size_t key = Key();
    std::string value = One(kPools[key].good);
    if (value.find('*') == std::string::npos || value[0] == '"' || value.find("[\"a") == 0)
      keys[kPools[key].key] = value;
  }
  bad_ = keep;
  for (const auto& [key, value] : keys) out += "  " + std::string(key) + ": " + value + "\n";
  out += "x-more: &more {cap_drop: [ALL], tty: true, read_only: " + One("true  false  ~") + "}\n";
  return out + "x-env: &env {A: from, Z: 1}\nx-caps: &caps [CHOWN, FOWNER]\nx-sc: &sc scalar\n";
}

std::string ProjectMaker::Resources() {
  const auto value = [&](std::string_view good, std::string_view bad) {
    return One(Chance(bad_) && Chance(50) ? bad : good);
  };
  std::string out = "networks:\n  n1: " + value(kNetworkValues, kBadNetworks) + "\n  n2: {}\n";
  out += "volumes:\n  v1: " + value(kVolumeValues, kBadVolumes) + "\n";
  out += "secrets:\n  s1: " + value(kSecretValues, kBadSecrets) + "\n  s2: {file: sec}\n";
  return out + "configs:\n  c1: " +
         value("{file: ./cfg}  {content: abc}  {environment: SET}", kBadSecrets) + "\n";
}

std::string ProjectMaker::File(bool over) {
  std::string out = Fragments();
  if (Chance(25)) out += One(kTopKeys) + "\n";
  if (Chance(bad_) && Chance(30)) out += One(kBadTops) + "\n";
  if (!over && Chance(8))
    out += "include: " +
           One("[inc.yaml]  [{path: sub/inc.yaml}]  [{path: [inc.yaml], env_file: e.env}]  "
               "[sub/inc.yaml]  [{path: sub/inc.yaml, project_directory: .}]") +
           "\n";
  out += "services:\n";
  if (!over) out += "  d: {image: d}\n";
  for (const char* name : {"a", "b", "c"})
    if (!over || Chance(60)) out += Service(name, over);
  if (over && out.ends_with("services:\n")) out += "  a: {}\n";
  if (!over || Chance(25)) out += Resources();
  return out;
}

ComposeProject ProjectMaker::Make() {
  // Half of the projects have something in them that may be refused.
  bad_ = Chance(35) ? 8 : 0;
  often_.clear();
  for (int i = 0; i < 5; ++i) often_.push_back(Below(std::size(kPools)));
  ComposeProject project;
  auto& files = project.files;
  files["compose.yaml"] = File(false);
  if (Chance(60)) files[".env"] = Lines(One(kDotEnvs));
  files["e.env"] = "FROM_FILE=1\nA=file\nREF=$A-${SET}-${UNSET:-d}\nQ='$A'\nexport E=x # c\n";
  files["f.env"] = "A=second\nFROM_FILE=${FROM_FILE}2\n";
  files["l.env"] = "a=file\nlabel.x=y\n";
  files["bad.env"] = "A=1\nB C=2\n";
  // Anchors of the project are not known there. What is wrong in services that nobody extends is
  // refused by some stages and not by others; so nothing is.
  const auto base_keys = [&] {
    const std::size_t bad = std::exchange(bad_, 0), odd = std::exchange(odd_, 0);
    const std::string keys = Keys("c", 1 + Below(2));
    bad_ = bad;
    odd_ = odd;
    return keys.find(": *") + keys.find(" *") == 2 * std::string::npos ? keys : "    tty: true\n";
  };
  files["sub/base.yaml"] =
      "services:\n  d: {image: d}\n  one:\n    image: one\n" + base_keys() +
      "  two:\n    image: two\n" + base_keys() + "  chain:\n    extends: two\n" + base_keys() +
      "  rel: {image: r, volumes: [./s:/s, ~/q:/q], env_file: b.env, build: ./b}\n";
  files["sub/b.env"] = "SUB=1\n";
  files["sub/.env"] = "FROM_SUB=sub\n";
  files["inc.yaml"] = "services:\n  inc: {image: \"i${FROM_SUB:-}\", volumes: [./i:/i]}\n";
  files["sub/inc.yaml"] =
      "services:\n  sinc: {image: \"i${FROM_SUB:-no}\", volumes: [./i:/i], env_file: b.env}\n";
  if (Chance(25)) {
    files["compose.override.yaml"] = File(true);
  } else if (Chance(20)) {
    files["two.yaml"] = File(true);
    project.named = {"compose.yaml", "two.yaml"};
  }
  if (Chance(8)) files["compose.yaml"] += "---\n" + File(true);
  if (Chance(6)) project.env_files = {Chance(bad_) ? "nope.env" : "e.env"};
  project.environment["SET"] = "value";
  project.environment["EMPTY"] = "";
  if (Chance(70)) project.environment["COMPOSE_PROFILES"] = One("*  x  x,y");
  return project;
}

}  // namespace cagelint::test
