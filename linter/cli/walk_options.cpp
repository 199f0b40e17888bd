#include "linter/cli/walk_options.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/cli/terminal.h"

namespace cagelint::cli {
namespace {

using base::Error;
using base::Result;

constexpr unsigned kMostShards = 100'000;
constexpr unsigned kMostJobs = 64;

std::optional<unsigned> NumberIn(std::string_view text, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0 || number > most)
    return std::nullopt;
  return number;
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// One path a line, or ended by NUL where there is one.
Result<std::vector<std::string>> ReadList(const std::string& from) {
  std::string bytes;
  if (from == "-") {
    auto read = ReadStandardInput();
    if (!read.Ok()) return Error{read.Message()};
    bytes = std::move(read).Value();
  } else {
    // Also from a pipe, as `<(git diff …)` is one.
    std::ifstream file(from, std::ios::binary);
    if (!file) return Error{"--files-from " + from + ": " + base::ToLower(std::strerror(errno))};
    for (std::size_t room = std::size_t{1} << 16U; file && bytes.size() <= base::kLargestFile;) {
      const std::size_t size = bytes.size();
      bytes.resize(size + room);
      file.read(bytes.data() + size, static_cast<std::streamsize>(room));
      bytes.resize(size + static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof() && bytes.size() <= base::kLargestFile)
      return Error{"--files-from " + from + ": is no file that can be read"};
  }
  if (bytes.size() > base::kLargestFile) return Error{"--files-from: more than 8 MiB"};
  const char end = bytes.find('\0') == std::string::npos ? '\n' : '\0';
  std::vector<std::string> paths;
  for (std::string_view path : base::Split(bytes, end)) {
    if (end == '\n' && path.ends_with('\r')) path.remove_suffix(1);
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

std::optional<Error> SetShard(const std::string& shard, driver::WalkOptions& walk) {
  const std::size_t slash = shard.find('/');
  if (slash == std::string::npos) return Error{"--shard: `" + shard + "` is not K/N, as in 1/4"};
  const auto part = NumberIn(std::string_view(shard).substr(0, slash), kMostShards);
  const auto parts = NumberIn(std::string_view(shard).substr(slash + 1), kMostShards);
  if (!part || !parts || *part > *parts)
    return Error{"--shard: `" + shard + "` is not K/N with K from 1 to N"};
  walk.shard = *part - 1;
  walk.shards = *parts;
  return std::nullopt;
}

}  // namespace

void AddWalkOptions(OptionSet& set, WalkInput& options) {
  set.Group("Files");
  set.Value("--files-from", options.files_from, "a list of paths, by lines or NUL; `-`: stdin",
            "FILE");
  set.Flag("--hidden", options.hidden, "look into hidden folders as well");
  set.Flag("--no-ignore-vcs", options.no_ignore_vcs,
           "also what git ignores (.cagelintignore still holds)");
  set.Value("--shard", options.shard, "only part K of N, by folders", "K/N");
  set.Value("--jobs", options.jobs, "threads (default: one a processor)", "N");
  set.Value("--cache", options.cache, "remember there what needs no second look", "DIR");
}

Result<driver::Request> WithWalkOptions(const WalkInput& options, driver::Request request) {
  driver::WalkOptions& walk = request.walk;
  walk.hidden = options.hidden;
  walk.ignore.honours_git = !options.no_ignore_vcs;
  walk.ignore.home = Variable("HOME");
  walk.ignore.config_home = Variable("XDG_CONFIG_HOME");
  request.cache = options.cache;
  if (!options.jobs.empty()) {
    const auto jobs = NumberIn(options.jobs, kMostJobs);
    if (!jobs) return Error{"--jobs: `" + options.jobs + "` is not a number from 1 to 64"};
    walk.jobs = *jobs;
  }
  if (!options.shard.empty())
    if (const auto bad = SetShard(options.shard, walk)) return *bad;
  if (options.files_from.empty()) return request;
  const bool others = request.text || !request.arguments.empty() ||
                      !request.compose_files.empty() ||
                      request.paths != std::vector<std::string>{"."};
  if (others) return Error{"--files-from and another input: one of them"};
  auto paths = ReadList(options.files_from);
  if (!paths.Ok()) return Error{paths.Message()};
  request.paths = std::move(paths).Value();
  // Whoever makes such a list does not know what is in the files.
  walk.as_walked = true;
  return request;
}

}  // namespace cagelint::cli
