// Every change in every layout: what was asked for is in the model afterwards, and nothing else is
// different.
#include <algorithm>
#include <functional>
#include <set>

#include "tests/unit/input/edit_compose_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Container;
using model::Remove;
using model::Replace;
using model::Set;
using model::SetOf;

struct Layout {
  std::string name;
  std::string text;
};

std::vector<Layout> Layouts() {
  const std::string full =
      "services:\n  web:\n    image: nginx\n    user: root # why\n    privileged: true\n"
      "    read_only: false\n    mem_limit: 2g\n    cap_drop:\n      - MKNOD\n"
      "    security_opt: [apparmor=x]\n    volumes:\n      - ./a:/b\n    ports:\n"
      "      - \"8080:80\"\n";
  const auto with_crlf = [](std::string text) {
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2))
      text.insert(at, "\r");
    return text;
  };
  return {
      {"bare", "services:\n  web:\n    image: nginx\n"},
      {"full", full},
      {"crlf", with_crlf(full)},
      {"bom", "\xEF\xBB\xBF" + full},
      {"bom and crlf", "\xEF\xBB\xBF" + with_crlf(full)},
      {"no final newline", full.substr(0, full.size() - 1)},
      {"crlf, no final newline", with_crlf(full).substr(0, with_crlf(full).size() - 2)},
      {"flow", "services:\n  web: {image: nginx}\n"},
      {"flow all", "{services: {web: {image: nginx, user: root, privileged: true}}}"},
      {"flow spaced", "services:\n  web: { image: nginx, cap_drop: [ MKNOD ], }\n"},
      {"json",
       "{\n  \"services\": {\n    \"web\": {\n      \"image\": \"nginx\",\n"
       "      \"privileged\": true,\n      \"cap_drop\": [\n        \"MKNOD\"\n      ],\n"
       "      \"volumes\": [\"./a:/b\"],\n      \"ports\": [\"80:80\"]\n    }\n  }\n}\n"},
      {"json one line",
       "{\"services\":{\"web\":{\"image\":\"nginx\",\"ports\":[\"80:80\"],\"privileged\":true}}}"},
      {"flow with comments",
       "services:\n  web: {\n    image: nginx, # the image\n    privileged: true # why\n  }\n"},
      {"lists at their keys",
       "services:\n  web:\n    image: nginx\n    cap_drop:\n    - MKNOD\n    volumes:\n"
       "    - ./a:/b\n    ports:\n    - 8080:80\n"},
      {"four columns",
       "services:\n    web:\n        image: nginx\n        ports:\n            -   80:80\n\n    "
       "db:\n"
       "        image: postgres\n"},
      {"one column", "services:\n web:\n  image: nginx\n  volumes:\n   - ./a:/b\n"},
      {"comments behind",
       "services:\n  web:\n    image: nginx\n    #user: root\n    # - x\n\n  # the database\n  "
       "db:\n"
       "    image: postgres\n"},
      {"tabs in comments",
       "services:\n  web:\n    image: nginx\t#\tx\n    user: root\t# y\n\n# end\t\n"},
      {"markers", "---\nservices:\n  web:\n    image: nginx\n    privileged: true\n...\n"},
      {"literal last",
       "services:\n  web:\n    image: nginx\n    privileged: true\n    command: |\n      a\n      "
       "b\n\n"
       "  db:\n    image: postgres\n"},
      {"literal kept",
       "services:\n  web:\n    image: nginx\n    command: |+\n      a\n\n\nvolumes: {}\n"},
      {"empty keys",
       "services:\n  web:\n    image: nginx\n    cap_drop:\n    security_opt: ~\n    logging: # x\n"
       "    volumes: null # none\n"},
      {"empty lists",
       "services:\n  web:\n    image: nginx\n    cap_drop: []\n    security_opt: [ ]\n"
       "    logging: {}\n"},
      {"merge key",
       "x-base: &base\n  image: nginx\n  privileged: true\n  cap_drop: [MKNOD]\nservices:\n  web:\n"
       "    <<: *base\n"},
      {"merge key and own",
       "x-base: &base {image: nginx, user: root}\nservices:\n  web:\n    <<: *base\n"
       "    cap_drop: [MKNOD]\n"},
      {"service is an alias",
       "x-base: &base\n  image: nginx\nservices:\n  web: *base\n  db:\n    image: postgres\n"},
      {"service is an alias in brackets", "x-base: &base {image: nginx}\nservices: {web: *base}\n"},
      {"values are aliases",
       "x-u: &u root\nx-c: &c [MKNOD]\nservices:\n  web:\n    image: nginx\n    user: *u\n"
       "    cap_drop: *c\n"},
      {"extends",
       "services:\n  base:\n    image: nginx\n    user: root\n    cap_drop: [MKNOD]\n  web:\n"
       "    extends: base\n"},
      {"long forms",
       "services:\n  web:\n    image: nginx\n    volumes:\n      - type: bind\n        source: "
       "./a\n"
       "        target: /b\n    ports:\n      - target: 80\n        published: \"8080\"\n"},
      {"limits in deploy",
       "services:\n  web:\n    image: nginx\n    deploy:\n      resources:\n        limits:\n"
       "          cpus: '2'\n    restart: always\n"},
      {"memory in deploy",
       "services:\n  web:\n    image: nginx\n    deploy:\n      resources: {limits: {memory: "
       "2g}}\n"},
      {"logging there",
       "services:\n  web:\n    image: nginx\n    logging:\n      driver: json-file\n      "
       "options:\n"
       "        max-file: \"3\"\n"},
      {"maps",
       "services:\n  web:\n    image: nginx\n    sysctls:\n      net.core.somaxconn: 1024\n"
       "    environment:\n      A: b\n"},
      {"quoted keys", "\"services\":\n  \"web\":\n    \"image\": nginx\n    'user': 'root'\n"},
      {"first layout", "web:\n  image: nginx\n  privileged: true\n"},
      {"two documents",
       "services:\n  web:\n    image: nginx\n---\nservices:\n  web:\n    user: root\n"},
  };
}

struct Asked {
  std::string name;
  std::function<std::vector<model::Change>(const Container&)> changes;  // none: nothing to ask
  std::function<bool(const Container&)> holds;
  std::set<std::string> members;  // what may be different afterwards
};

template <typename T>
bool Has(const model::List<T>& list, const std::function<bool(const T&)>& test) {
  for (const auto& item : list.items)
    if (item.IsKnown() && test(item.value)) return true;
  return false;
}

std::vector<model::Change> OfFirst(const std::string& part, const std::string& value,
                                   const auto& list) {
  if (list.items.empty()) return {};
  return {SetOf(part, value, list.items[0].whole)};
}

std::vector<Asked> Changes() {
  using Changes = std::vector<model::Change>;
  const auto fixed = [](Changes changes) {
    return [changes = std::move(changes)](const Container&) { return changes; };
  };
  return {
      {"user",
       fixed({Set("user", "1000:1000")}),
       [](const Container& c) { return c.user.Is("1000:1000"); },
       {"user"}},
      {"read_only",
       fixed({Set("read_only", "true"), Append("mounts", "/tmp:rw,size=64m")}),
       [](const Container& c) {
         return c.read_only.Is(true) && Has<model::Mount>(c.mounts, [](const model::Mount& m) {
                  return m.IsTmpfs() && m.target.Is("/tmp") && m.size.Is(64 << 20);
                });
       },
       {"read_only", "mounts"}},
      {"unprivileged",
       [](const Container& c) {
         return c.privileged.Is(true) ? Changes{Set("privileged", "false")} : Changes{};
       },
       [](const Container& c) { return !c.privileged.Is(true); },
       {"privileged"}},
      {"memory",
       fixed({Set("memory", "512m"), Set("memory_swap", "512m")}),
       [](const Container& c) { return c.memory.Is(512 << 20) && c.memory_swap.Is(512 << 20); },
       {"memory", "memory_swap"}},
      {"pids",
       fixed({Set("pids_limit", "256")}),
       [](const Container& c) { return c.pids_limit.Is(256); },
       {"pids_limit"}},
      {"cpus",
       fixed({Set("cpus", "1")}),
       [](const Container& c) { return c.cpus.Is(1); },
       {"cpus"}},
      {"cap_drop",
       fixed({Append("cap_drop", "ALL")}),
       [](const Container& c) { return c.cap_drop.Find("ALL") != nullptr; },
       {"cap_drop"}},
      {"security_opt",
       fixed({Append("security_opt", "no-new-privileges:true")}),
       [](const Container& c) { return c.security_opt.Find("no-new-privileges=true") != nullptr; },
       {"security_opt"}},
      {"log_options",
       fixed({Append("log_options", "max-size=10m")}),
       [](const Container& c) {
         return Has<model::KeyValue>(c.log_options, [](const model::KeyValue& pair) {
           return pair.key == "max-size" && pair.value == "10m";
         });
       },
       {"log_options"}},
      {"sysctl",
       fixed({Append("sysctls", "net.ipv4.ip_forward=0")}),
       [](const Container& c) { return Show(c.sysctls).find("ip_forward=0") != std::string::npos; },
       {"sysctls"}},
      {"environment",
       fixed({Append("environment", "B=$c")}),
       [](const Container& c) { return Show(c.environment).find("B=$c") != std::string::npos; },
       {"environment"}},
      {"restart",
       fixed({Set("restart", "no")}),
       [](const Container& c) { return c.restart.value.policy == "no"; },
       {"restart"}},
      {"image",
       fixed({Set("image", "nginx:1.27")}),
       [](const Container& c) { return c.image.Is("nginx:1.27"); },
       {"image"}},
      {"mount read-only",
       [](const Container& c) { return OfFirst("mounts.read_only", "true", c.mounts); },
       [](const Container& c) { return c.mounts.items.at(0).value.read_only.Is(true); },
       {"mounts"}},
      {"loopback",
       [](const Container& c) { return OfFirst("ports.host_ip", "127.0.0.1", c.ports); },
       [](const Container& c) { return c.ports.items.at(0).value.host_ip == "127.0.0.1"; },
       {"ports"}},
      {"no ports",
       [](const Container& c) {
         Changes changes;
         for (const auto& port : c.ports.items) changes.push_back(Remove(port.whole));
         return changes;
       },
       [](const Container& c) { return c.ports.items.empty(); },
       {"ports"}},
      {"no mounts",
       [](const Container& c) {
         Changes changes;
         for (const auto& mount : c.mounts.items) changes.push_back(Remove(mount.whole));
         return changes;
       },
       [](const Container& c) { return c.mounts.items.empty(); },
       {"mounts"}},
      {"no user",
       [](const Container& c) {
         return c.user.IsAbsent() ? Changes{} : Changes{Remove(c.user.whole)};
       },
       [](const Container& c) { return c.user.IsAbsent(); },
       {"user"}},
      {"other user",
       [](const Container& c) {
         return c.user.IsAbsent() ? Changes{} : Changes{Replace(c.user.value_span, "1000")};
       },
       [](const Container& c) { return c.user.Is("1000"); },
       {"user"}},
      {"hardened",
       fixed({Set("read_only", "true"), Set("user", "1000:1000"), Append("cap_drop", "ALL"),
              Append("security_opt", "no-new-privileges:true"), Set("pids_limit", "256"),
              Append("log_options", "max-size=10m"), Append("log_options", "max-file=2")}),
       [](const Container& c) {
         return c.read_only.Is(true) && c.user.Is("1000:1000") && c.pids_limit.Is(256) &&
                c.cap_drop.Find("ALL") != nullptr && c.log_options.items.size() >= 2;
       },
       {"read_only", "user", "cap_drop", "security_opt", "pids_limit", "log_options"}},
  };
}

// What is refused, and rightly so: a key that an alias brings cannot go from here alone.
const std::set<std::string> kRefused{};

void Compare(const EditedProject& before, const EditedProject& after, const Edited& edited,
             const Asked& asked) {
  // A key without a value is one, until it gets one.
  const std::vector<std::string> gaps = before.Gaps();
  for (const std::string& gap : after.Gaps())
    EXPECT_NE(std::find(gaps.begin(), gaps.end(), gap), gaps.end()) << gap;
  EXPECT_TRUE(asked.holds(after.Service()));
  ASSERT_EQ(before.document.containers.size(), after.document.containers.size());
  for (const Container& container : before.document.containers) {
    Shown was = ShowAll(container);
    Shown is = ShowAll(after.Service(container.service));
    if (container.service == "web" || !edited.reaches.empty()) {
      for (const std::string& member : asked.members) {
        was.erase(member);
        is.erase(member);
      }
    }
    EXPECT_EQ(was, is) << container.service;
  }
}

TEST(EditComposeTable, EveryChangeInEveryLayout) {
  std::set<std::string> refused;
  for (const Layout& layout : Layouts()) {
    const EditedProject before = Compose(layout.text);
    ASSERT_FALSE(HasFailure()) << layout.name;
    for (const Asked& asked : Changes()) {
      const auto changes = asked.changes(before.Service());
      if (changes.empty()) continue;
      SCOPED_TRACE(layout.name + " / " + asked.name);
      const Edited edited = before.Edit(changes);
      EXPECT_EQ(edited.edits.empty(), !edited.refused.empty());
      if (edited.edits.empty()) {
        refused.insert(layout.name + " / " + asked.name + ": " + edited.refused);
        continue;
      }
      const EditedProject after(before.After(edited));
      Compare(before, after, edited, asked);
      if (HasFailure()) FAIL() << after.files.at("compose.yaml");
      // A file without a line end at its end keeps it so, and no line is mixed with another kind.
      const std::string& text = after.files.at("compose.yaml");
      EXPECT_EQ(layout.text.ends_with('\n'), text.ends_with('\n'));
      if (layout.text.find('\r') == std::string::npos) continue;
      for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
        EXPECT_EQ(text[at - 1], '\r');
    }
  }
  EXPECT_EQ(refused, kRefused);
}

}  // namespace
}  // namespace cagelint::input
