#include "linter/input/docker_mounts.h"

#include <gtest/gtest.h>

#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

using model::PathBase;

std::string TextOf(const model::Setting<std::string>& setting) {
  return setting.IsAbsent() ? "-" : setting.IsDynamic() ? "?" : setting.value;
}

std::string TextOf(const model::Setting<bool>& setting) {
  return setting.IsAbsent() ? "-" : setting.IsDynamic() ? "?" : setting.value ? "ro" : "rw";
}

// "type source target mode options", "?" for what cannot be known, "-" for what is absent.
std::string Summary(const model::Setting<model::Mount>& item) {
  if (!item.IsKnown()) return "?";
  const model::Mount& mount = item.value;
  std::string out = TextOf(mount.type) + " " + TextOf(mount.source) + " " + TextOf(mount.target) +
                    " " + TextOf(mount.read_only);
  if (!mount.options.items.empty()) out += " " + Joined(mount.options);
  return out;
}

struct Row {
  const char* value;
  const char* summary;
};

TEST(DockerMounts, Volumes) {
  const Row rows[] = {
      {"/a:/b", "bind /a /b -"},
      {"/a:/b:ro", "bind /a /b ro"},
      {"/a:/b:rw", "bind /a /b rw"},
      {"/a:/b:ro,rw", "bind /a /b rw rw"},
      {"/a:/b:ro,z,U", "bind /a /b ro z U"},
      {"/a:/b:RO", "bind /a /b - RO"},
      {"name:/b", "volume name /b -"},
      {"rel/x:/b", "volume rel/x /b -"},
      {"/b", "volume - /b -"},
      {"a", "volume - a -"},
      {"::", "volume - :: -"},
      {"a:/b", "volume - a:/b -"},
      {"a:b:c:d", "bind a:b c:d -"},
      {"~/x:/b", "bind ~/x /b -"},
      {"./x:/b", "bind $PWD/x /b -"},
      {"../x:/b", "bind $PWD/../x /b -"},
      {"$PWD:/b", "bind $PWD /b -"},
      {"$PWD/x:$PWD/y:ro", "bind $PWD/x $PWD/y ro"},
      {"$X:/b", "? ? /b -"},
      {"/a/$X:/b", "bind ? /b -"},
      {"/a:/b/$X", "bind /a ? -"},
      {"/a:$X", "bind /a ? -"},
      {"/a:/b$X", "bind /a ? ?"},
      {"/a:/b:$X", "bind /a /b ? ?"},
      {"/a:/b:ro,$X", "bind /a /b ro ?"},
      {"$X", "?"},
  };
  for (const Row& row : rows) {
    Sample sample("docker run -v " + std::string(row.value) + " img");
    ASSERT_EQ(sample.Container().mounts.items.size(), 1U) << row.value;
    EXPECT_EQ(Summary(sample.Container().mounts.items[0]), row.summary) << row.value;
    EXPECT_EQ(sample.Refused(), "") << row.value;
  }
  for (const char* value : {"''", "/a:", ":/b", "/a::ro", "/a:/b:ro:x"}) {
    Sample sample("docker run -v " + std::string(value) + " img");
    EXPECT_EQ(sample.Refused(), value == std::string("''") ? "''" : value) << value;
  }
}

TEST(DockerMounts, PlacesOfAVolume) {
  Sample sample("docker run -v \"$PWD:/b:ro,shared\" img");
  const auto& item = sample.Container().mounts.items[0];
  EXPECT_EQ(sample.At(item.whole), "-v \"$PWD:/b:ro,shared\"");
  EXPECT_EQ(sample.At(item.value_span), "$PWD:/b:ro,shared");
  EXPECT_EQ(sample.At(item.value.source.value_span), "$PWD");
  EXPECT_EQ(sample.At(item.value.target.value_span), "/b");
  EXPECT_EQ(sample.At(item.value.read_only.value_span), "ro");
  EXPECT_EQ(sample.At(item.value.propagation.value_span), "shared");
}

TEST(DockerMounts, EqualVolumesCountOnce) {
  EXPECT_EQ(Sample("docker run -v /a:/b -v /a:/b img").Container().mounts.items.size(), 1U);
  EXPECT_EQ(Sample("docker run -v /a:/b -v /a:/b:ro img").Container().mounts.items.size(), 2U);
  Sample driver("docker run -v x:/b -v /a:/c --volume-driver nfs img");
  EXPECT_TRUE(driver.Container().mounts.items[0].value.driver.Is("nfs"));
  EXPECT_TRUE(driver.Container().mounts.items[1].value.driver.IsAbsent());
}

TEST(DockerMounts, LongForm) {
  const Row rows[] = {
      {"type=bind,src=/a,dst=/b", "bind /a /b -"},
      {"TYPE=BIND,Source=/a,DST=/b,READONLY", "bind /a /b ro"},
      {"type=bind,src=/a,dst=/b,readonly,ro=false", "bind /a /b rw"},
      {"src=/,dst=/x", "volume / /x -"},
      {"type=bind,src=./,dst=/b", "bind $PWD /b -"},
      {"type=bind,src=rel,dst=/b", "bind rel /b -"},
      {"type=bind,src=$PWD,dst=/b,ro", "bind $PWD /b ro"},
      {"type=bind,src=$X,dst=/b,ro", "bind ? /b ro"},
      {"type=bind,src=/a,dst=/b$X", "bind /a ? ?"},
      {"type=bind,src=/a,dst=/b,ro=$X", "bind /a /b ?"},
      {"$X,dst=/b", "? ? /b ?"},
      {"type=tmpfs,dst=/b,tmpfs-size=1m,tmpfs-mode=0700",
       "tmpfs - /b - tmpfs-size=1m tmpfs-mode=0700"},
      {"type=bind,src=/a,dst=/b,ro,bind-recursive=writable",
       "bind /a /b ro bind-recursive=writable"},
      {"$X", "?"},
  };
  for (const Row& row : rows) {
    Sample sample("docker run --mount " + std::string(row.value) + " img");
    ASSERT_EQ(sample.Container().mounts.items.size(), 1U) << row.value;
    EXPECT_EQ(Summary(sample.Container().mounts.items[0]), row.summary) << row.value;
    EXPECT_EQ(sample.Refused(), "") << row.value;
  }
}

TEST(DockerMounts, LongFormRefusalsAreNarrow) {
  const Row rows[] = {
      {"type=bind,src=/a,dest=/b,dst=/c", "dest=/b"},
      {"type=bind,src=/a,dst=/b,rw", "rw"},
      {"type=bind,src=/a,dst=/b,ro=no", "no"},
      {"type=tmpfs,dst=/b,tmpfs-size=x", "x"},
      {"type=tmpfs,dst=/b,tmpfs-mode=9", "9"},
      {"type=bind,src=/a", "type=bind,src=/a"},
      {"type=bind,dst=/b,volume-nocopy", "type=bind,dst=/b,volume-nocopy"},
      {"type=bind,dst=/b,bind-recursive=writable", "type=bind,dst=/b,bind-recursive=writable"},
      {"type=,dst=/b", "type=,dst=/b"},
      {"type=bind,dst=/b,a\"b", "type=bind,dst=/b,a\"b"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Sample("docker run --mount " + std::string(row.value) + " img").Refused(),
              row.summary)
        << row.value;
  }
  EXPECT_EQ(Sample("podman run --mount type=bind,src=/a,dest=/b,rw,U=true img").Refused(), "");
}

TEST(DockerMounts, VolumeOptions) {
  Sample sample(
      "docker run --mount type=volume,dst=/b,volume-driver=local,volume-opt=type=none,"
      "\"volume-opt=o=bind,rw\",volume-opt=device=/etc img");
  const model::Mount& mount = sample.Container().mounts.items[0].value;
  EXPECT_TRUE(mount.driver.Is("local"));
  const std::vector<std::pair<std::string, std::string>> expected{
      {"type", "none"}, {"o", "bind,rw"}, {"device", "/etc"}};
  EXPECT_EQ(mount.driver_options, expected);
}

TEST(DockerMounts, Tmpfs) {
  Sample sample("docker run --tmpfs /t:rw,noexec,size=64k --tmpfs /u --tmpfs /t:ro,size=50% img");
  const auto& items = sample.Container().mounts.items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(Summary(items[0]), "tmpfs - /u -");
  EXPECT_EQ(Summary(items[1]), "tmpfs - /t ro ro size=50%");
  EXPECT_TRUE(items[1].value.size.IsAbsent());
  Sample sized("docker run --tmpfs /t:size=64k img");
  EXPECT_TRUE(sized.Container().mounts.items[0].value.size.Is(65536));
  Sample unknown("docker run --tmpfs /t:size=$X --tmpfs $Y img");
  EXPECT_TRUE(unknown.Container().mounts.items[0].value.size.IsDynamic());
  EXPECT_TRUE(unknown.Container().mounts.items[1].value.target.IsDynamic());
  EXPECT_TRUE(unknown.Container().mounts.items[1].value.size.IsDynamic());
}

TEST(DockerMounts, HostPaths) {
  const struct {
    const char* source;
    PathBase base;
    const char* path;
    bool exact;
  } rows[] = {
      {"/a/../b//c", PathBase::kAbsolute, "/b/c", true},
      {"/a/$X/c", PathBase::kAbsolute, "/a", false},
      {"/a-$X", PathBase::kAbsolute, "/", false},
      {".", PathBase::kWorkingDirectory, ".", true},
      {"./x", PathBase::kWorkingDirectory, "x", true},
      {"../x", PathBase::kWorkingDirectory, "../x", true},
      {"$PWD", PathBase::kWorkingDirectory, ".", true},
      {"$PWD/x/..", PathBase::kWorkingDirectory, ".", true},
      {"$PWD/$X", PathBase::kWorkingDirectory, ".", false},
      {"$HOME/.ssh", PathBase::kHome, ".ssh", true},
      {"~/.ssh", PathBase::kUnknown, "", false},
      {"~bob/x", PathBase::kUnknown, "", false},
      {"$X/y", PathBase::kUnknown, "", false},
      {"$PWD-x", PathBase::kUnknown, "", false},
      {"volume", PathBase::kNone, "", true},
  };
  for (const auto& row : rows) {
    Sample sample("docker run -v " + std::string(row.source) + ":/b img");
    const model::HostPath& host = sample.Container().mounts.items[0].value.host;
    EXPECT_EQ(host.base, row.base) << row.source;
    EXPECT_EQ(host.path, row.path) << row.source;
    EXPECT_EQ(host.exact, row.exact) << row.source;
  }
}

TEST(DockerMounts, AShellHasExpandedTheBasesOfAnArgumentVector) {
  Sample sample("docker run -v ./x:/a -v /srv/project/y:/b -v /home/u/z:/c -v /srv:/d img");
  sample.runs_now = true;
  sample.options.process_environment["HOME"] = "/home/u";
  const auto& items = sample.Container().mounts.items;
  EXPECT_TRUE(items[0].value.source.Is("/srv/project/x"));
  EXPECT_EQ(items[0].value.host.base, PathBase::kWorkingDirectory);
  EXPECT_EQ(items[1].value.host.base, PathBase::kWorkingDirectory);
  EXPECT_EQ(items[1].value.host.path, "y");
  EXPECT_EQ(items[2].value.host.base, PathBase::kHome);
  EXPECT_EQ(items[2].value.host.path, "z");
  EXPECT_EQ(items[3].value.host.base, PathBase::kAbsolute);
}

}  // namespace
}  // namespace cagelint::input
