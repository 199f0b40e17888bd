#include "tests/oracle/docker_vectors.h"

#include <cstdio>
#include <map>
#include <string_view>

#include "linter/base/text.h"
#include "linter/input/docker_flags.h"

namespace cagelint::test {
namespace {

using input::Flag;
using input::FlagStatus;
using input::Grammar;

constexpr auto Run = input::kRunCommand, Create = input::kCreateCommand, Exec = input::kExecCommand,
               Update = input::kUpdateCommand, Start = input::kStartCommand,
               Attach = input::kAttachCommand, Restart = input::kRestartCommand,
               Stop = input::kStopCommand, Kill = input::kKillCommand,
               Unpause = input::kUnpauseCommand, Remove = input::kRemoveCommand,
               Logs = input::kLogsCommand, Commit = input::kCommitCommand,
               Copy = input::kCopyCommand, Connect = input::kNetworkConnectCommand,
               Disconnect = input::kNetworkDisconnectCommand,
               NetCreate = input::kNetworkCreateCommand, NetRemove = input::kNetworkRemoveCommand,
               VolumeCreate = input::kVolumeCreateCommand, Rename = input::kRenameCommand,
               Global = input::kBeforeCommand;
constexpr unsigned D = 1U << static_cast<unsigned>(model::Engine::kDocker), P = 0, N = 0;

constexpr Flag kFlags[] = {
#define FLAG(long, short, grammar, commands, engines, split, same_as, status) \
  {long, short, Grammar::k##grammar, commands, engines, 0, same_as, FlagStatus::k##status},
#include "linter/input/docker_flags.def"
#include "linter/input/docker_volume_flags.def"
#undef FLAG
};

const std::map<Grammar, std::vector<std::string>> kPools{
#include "tests/oracle/docker_pools.inc"
};

struct Subcommand {
  std::vector<std::string> words;
  std::uint32_t command;
  int weight;
};

const std::vector<Subcommand> kCommands{
    {{"run"}, Run, 60},
    {{"create"}, Create, 10},
    {{"container", "run"}, Run, 3},
    {{"exec"}, Exec, 6},
    {{"update"}, Update, 6},
    {{"start"}, Start, 4},
    {{"network", "connect"}, Connect, 4},
    {{"network", "disconnect"}, Disconnect, 2},
    {{"volume", "create"}, VolumeCreate, 2},
    {{"stop"}, Stop, 2},
    {{"rm"}, Remove, 2},
    {{"kill"}, Kill, 1},
};

// The client would ask a notary server, a host, or wait.
bool IsLeftAlone(const Flag& flag) {
  static const std::set<std::string_view> kNames{"disable-content-trust", "host", "context",
                                                 "checkpoint", "checkpoint-dir"};
  return kNames.count(flag.name) != 0 || flag.name.starts_with("tls");
}

std::string HelpOf(const Client& client, const std::string& words) {
  std::string out;
  FILE* pipe = popen((base::ShellQuote(client.path) + " " + words + " 2>&1").c_str(), "r");
  char bytes[4096];
  while (pipe != nullptr && std::fgets(bytes, sizeof bytes, pipe) != nullptr) out += bytes;
  if (pipe != nullptr) pclose(pipe);
  return out;
}

}  // namespace

VectorMaker::VectorMaker(const Client& client, std::uint64_t seed) : random_(seed) {
  std::map<std::uint32_t, std::string> help{{Global, HelpOf(client, "--help")}};
  for (const Subcommand& one : kCommands) {
    std::string words;
    for (const std::string& word : one.words) words += word + " ";
    help[one.command] = HelpOf(client, words + "--help");
    for (std::size_t i = 0; i < std::size(kFlags); ++i) {
      const Flag& flag = kFlags[i];
      if ((flag.commands & one.command) == 0 || (flag.engines & D) == 0) continue;
      const std::string name = "--" + std::string(flag.name);
      // What is hidden from the help: the client says of such a flag that its value is missing.
      const bool known = help[one.command].find(name + " ") != std::string::npos ||
                         HelpOf(client, words + name + " --help=x").find("unknown flag: " + name) ==
                             std::string::npos;
      if (known && !IsLeftAlone(flag))
        usable_.push_back(i);
      else
        ++left_out_;
    }
  }
}

std::string VectorMaker::Joined(const std::vector<std::string>& parts, char by) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : std::string(1, by)) + part;
  return out;
}

std::string VectorMaker::MountValue() {
  static const std::vector<std::string> kStarts{
      "type=bind,src=/a,dst=/b", "type=volume,src=v,dst=/b",
      "type=tmpfs,dst=/b",       "type=image,src=i,dst=/b",
      "src=/a,dst=/b",           "dst=/b",
      "type=bind,src=.,dst=/b",  "Type=BIND,Source=../x,TARGET=/b"};
  static const std::vector<std::string> kFields{"ro",
                                                "readonly",
                                                "readonly=true",
                                                "ro=0",
                                                "ro=T",
                                                "ro=yes",
                                                "readonly=",
                                                "rw",
                                                "z",
                                                "consistency=cached",
                                                "consistency=",
                                                "bind-propagation=rslave",
                                                "bind-propagation=X",
                                                "bind-propagation=rprivate",
                                                "bind-nonrecursive",
                                                "bind-nonrecursive=true",
                                                "bind-nonrecursive=x",
                                                "bind-recursive=enabled",
                                                "bind-recursive=disabled",
                                                "bind-recursive=writable",
                                                "bind-recursive=readonly",
                                                "bind-recursive=x",
                                                "bind-recursive",
                                                "volume-subpath=a",
                                                "volume-nocopy",
                                                "volume-nocopy=false",
                                                "volume-nocopy=x",
                                                "volume-label=a=b",
                                                "volume-label=a",
                                                "volume-driver=local",
                                                "volume-opt=type=none",
                                                "volume-opt=o=bind",
                                                "volume-opt=device=/etc",
                                                "volume-opt=a",
                                                "volume-opt=",
                                                "image-subpath=a",
                                                "tmpfs-size=64m",
                                                "tmpfs-size=x",
                                                "tmpfs-size=0",
                                                "tmpfs-size=-1",
                                                "tmpfs-mode=1777",
                                                "tmpfs-mode=9",
                                                "tmpfs-mode=",
                                                "type=",
                                                "type",
                                                "src=",
                                                "dst=",
                                                "target=rel",
                                                "dest=/c",
                                                " ro",
                                                "ro ",
                                                " src=/x",
                                                "src=/x ",
                                                "src= /x",
                                                "\"src=/a,b\"",
                                                "\"ro\"",
                                                "a\"b",
                                                "",
                                                "x=y",
                                                "RO",
                                                "src=~/x",
                                                "src=rel",
                                                "src=./x",
                                                "type=npipe",
                                                "type=bogus",
                                                "source=/z",
                                                "destination=/y",
                                                "ro,readonly=false",
                                                "bind-create-src",
                                                "=x",
                                                "volume-driver=",
                                                "type=cluster"};
  std::vector<std::string> parts{Pick(kStarts)};
  for (std::size_t i = Below(4); i > 0; --i) parts.push_back(Pick(kFields));
  if (Chance(15)) std::swap(parts.front(), parts.back());
  return Chance(3) ? "" : Joined(parts, ',');
}

std::string VectorMaker::Mutated(std::string text) {
  static constexpr std::string_view kBytes = ":,=/.-_ 019aZ\"[]*~\\%+@'#";
  // Half a character is no UTF-8, which the model does not judge.
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 0x7F) return text;
  const std::size_t at = Below(text.size() + 1);
  switch (Below(3)) {
    case 0:
      text.insert(at, 1, kBytes[Below(kBytes.size())]);
      break;
    case 1:
      if (at < text.size()) text.erase(at, 1);
      break;
    default:
      if (at < text.size()) text[at] = kBytes[Below(kBytes.size())];
  }
  return text;
}

std::string VectorMaker::Value(std::size_t index) {
  const Flag& flag = kFlags[index];
  static const std::vector<std::string> kCidFiles{"e.env", "missing/cid", "", "e.env/cid"};
  if (flag.name == "cidfile") return Pick(kCidFiles);
  static const std::vector<std::string> kPlatforms{"linux/amd64",
                                                   "linux",
                                                   "amd64",
                                                   "windows",
                                                   "linux/arm/v7",
                                                   "linux/",
                                                   "/",
                                                   "x",
                                                   "a/b/c/d",
                                                   "linux/AMD64",
                                                   "windows(10.0)/amd64",
                                                   "Linux",
                                                   "",
                                                   "arm64",
                                                   "linux/x86_64",
                                                   "a b",
                                                   "linux/arm64/v8"};
  if (flag.name == "platform") return Pick(kPlatforms);
  static const std::vector<std::string> kAddresses{"10.0.0.2", "::1",    "x",
                                                   "",         "10.0.0", "10.0.0.2/8"};
  if (flag.name.starts_with("ip")) return Pick(kAddresses);
  std::string value =
      flag.grammar == Grammar::kMount ? MountValue() : std::string(Pick(kPools.at(flag.grammar)));
  if (Chance(12) && flag.grammar != Grammar::kEnvFile && flag.grammar != Grammar::kLabelFile)
    value = Mutated(std::move(value));
  return value;
}

void VectorMaker::AddFlag(std::size_t index, std::vector<std::string>& words) {
  const Flag& flag = kFlags[index];
  const std::string name = "--" + std::string(flag.name);
  const std::string letter = flag.letter == 0 ? "" : std::string("-") + flag.letter;
  if (flag.grammar == Grammar::kBool) {
    const bool help = flag.name == "help" && !Chance(20);
    if (help) return;
    if (!letter.empty() && Chance(40))
      words.push_back(Chance(30) ? letter + "=" + Value(index) : letter);
    else
      words.push_back(Chance(40) ? name + "=" + Value(index) : name);
    return;
  }
  const std::string value = Value(index);
  const std::size_t form = Below(letter.empty() ? 2 : 6);
  static const std::vector<std::string> kBefore{"", "i", "t", "it", "d", "P", "q"};
  if (form == 0) {
    words.push_back(name + "=" + value);
  } else if (form <= 2) {
    words.push_back(form == 1 ? name : letter);
    if (!Chance(2)) words.push_back(value);
  } else if (form == 3) {
    words.push_back(letter + value);
  } else if (form == 4) {
    words.push_back(letter + "=" + value);
  } else {
    words.push_back("-" + Pick(kBefore) + letter.substr(1));
    if (Chance(50))
      words.back() += (Chance(30) ? "=" : "") + value;
    else
      words.push_back(value);
  }
}

void VectorMaker::AddFlags(std::uint32_t command, std::size_t most,
                           std::vector<std::string>& words) {
  std::vector<std::size_t> usable;
  for (const std::size_t i : usable_)
    if ((kFlags[i].commands & command) != 0) usable.push_back(i);
  static const std::vector<std::string> kOdd{
      "-it",  "-test.v", "-itest.x", "--bogus", "--rm=",
      "-dit", "---x",    "--=x",     "-",       "-Z",
      "--Rm", "-=",      "-itd=0",   "--t",     "--no_healthcheck",
      "-"};
  std::size_t previous = Pick(usable);
  for (std::size_t i = Below(most + 1); i > 0; --i) {
    if (!Chance(20)) previous = Pick(usable);  // else the same again
    AddFlag(previous, words);
    if (Chance(2)) words.push_back(Pick(kOdd));
  }
}

std::string VectorMaker::Image() {
  static const std::vector<std::string> kImages{
      "img",
      "alpine:3.22",
      "a/b/c:tag",
      "localhost:5000/x",
      "IMG",
      "img:",
      "$IMAGE",
      "",
      "img@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "img@sha256:ab",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "a..b",
      "a__b",
      "a___b",
      "a--b",
      "-img",
      "Host/img",
      "host.X/img",
      "img:Tag",
      "img:.x",
      "a//b",
      "/a",
      "a/",
      "x:1@sha256:ab",
      "[::1]:5000/img",
      "a.b:80/c",
      "img:a b",
      "EXAMPLE.com/x"};
  if (Chance(75)) return "img";
  std::string image = Pick(kImages);
  return Chance(15) ? Mutated(image) : image;
}

std::vector<std::string> VectorMaker::Make() {
  int total = 0;
  for (const Subcommand& one : kCommands) total += one.weight;
  int at = static_cast<int>(Below(static_cast<std::size_t>(total)));
  std::size_t chosen = 0;
  while (at >= kCommands[chosen].weight) at -= kCommands[chosen++].weight;
  const Subcommand& subcommand = kCommands[chosen];
  static const std::vector<std::vector<std::string>> kGlobals{
      {"-D"},
      {"--debug"},
      {"-v"},
      {"--version"},
      {"--help"},
      {"--debug=x"},
      {"-l", "info"},
      {"--log-level=BAD"},
      {"--config", "cfg"},
      {"--config=cfg"},
      {"-H", "unix:///nx.sock"},
      {"-H=unix:///nx.sock", "--host", "unix:///nx.sock"},
      {"--bogus"},
      {"-it"},
      {"-x"},
      {"--"},
      {"-Dv"},
      {"-lwarn"},
      {"--log-level"},
      {"-c", "default"},
      {"--version=false"},
      {"--tls=x"}};
  std::vector<std::string> words;
  if (Chance(4)) words = Pick(kGlobals);
  words.insert(words.end(), subcommand.words.begin(), subcommand.words.end());
  AddFlags(subcommand.command, 5, words);
  if (Chance(5)) words.push_back("--");
  static const std::vector<std::string> kProgram{"cmd", "--privileged", "-v", "--",
                                                 "",    "sh",           "-c", "a b"};
  const bool makes = (subcommand.command & (Run | Create)) != 0;
  if (makes) {
    if (!Chance(2)) words.push_back(Image());
    for (std::size_t i = Below(3); i > 0; --i) words.push_back(Pick(kProgram));
    return words;
  }
  static const std::vector<std::string> kNames{"c1", "c2", "", "c1", "c3"};
  for (std::size_t i = Below(4); i > 0; --i) words.push_back(Pick(kNames));
  if (Chance(30)) AddFlags(subcommand.command, 2, words);
  return words;
}

}  // namespace cagelint::test
