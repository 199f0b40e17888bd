#include "tests/oracle/docker_bodies.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::test {
namespace {

std::string Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// A volume's sections: one of a single letter keeps its colon.
std::vector<std::string> Sections(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    const bool drive =
        out.back().size() == 1 && std::isalpha(static_cast<unsigned char>(out.back()[0])) != 0;
    if (c == ':' && !drive)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

}  // namespace

Json Mount(const std::string& type, const std::string& source, const std::string& target, bool ro,
           const std::string& propagation) {
  return {{"type", type}, {"source", source}, {"target", target}, {"ro", ro}, {"p", propagation}};
}

std::string QueryValue(const std::string& query, const std::string& name) {
  for (const std::string_view pair : base::Split(query, '&'))
    if (pair.starts_with(name + "=")) return Unescape(pair.substr(name.size() + 1));
  return "";
}

Json Sorted(Json list) {
  if (list.is_array()) std::sort(list.begin(), list.end());
  return list;
}

bool IsDefault(const Json& value) {
  return value.is_null() || value == "" || value == false || value == Json(nullptr) ||
         (value.is_number() && value == 0) || (value.is_structured() && value.empty());
}

Json BindOf(const std::string& text) {
  const auto parts = Sections(text);
  const std::string& source = parts[0];
  const bool drive = source.size() > 1 && source[1] == ':';
  const bool path = std::string_view("/.~").find(source[0]) != std::string_view::npos || drive ||
                    source.starts_with("\\\\");
  bool ro = false;
  std::string propagation;
  Json options = Json::array();
  if (parts.size() > 2) {
    for (const std::string_view option : base::Split(parts[2], ',')) {
      const bool spreads = option == "shared" || option == "slave" || option == "private" ||
                           option == "rshared" || option == "rslave" || option == "rprivate";
      if (option == "ro" || option == "rw")
        ro = option == "ro";
      else if (spreads)
        propagation = option;
      else if (!option.empty())
        options.push_back(std::string(option));
    }
  }
  Json out =
      Mount(path ? "bind" : "volume", source, parts.size() > 1 ? parts[1] : "", ro, propagation);
  out["options"] = Sorted(options);
  return out;
}

Json LongMountOf(const Json& mount) {
  Json out = Mount(Get<std::string>(mount, "/Type", ""), Get<std::string>(mount, "/Source", ""),
                   Get<std::string>(mount, "/Target", ""), Get(mount, "/ReadOnly", false),
                   Get<std::string>(mount, "/BindOptions/Propagation", ""));
  out["size"] = Get<std::int64_t>(mount, "/TmpfsOptions/SizeBytes", 0);
  out["driver"] = Get<std::string>(mount, "/VolumeOptions/DriverConfig/Name", "");
  out["driver_opts"] = Get<Json>(mount, "/VolumeOptions/DriverConfig/Options", Json::object());
  return out;
}

Json ModelMount(const Json& mount) {
  const std::string type = Get<std::string>(mount, "/type", "");
  Json out =
      Mount(type, Get<std::string>(mount, "/source", ""), Get<std::string>(mount, "/target", ""),
            Get(mount, "/read_only", false), Get<std::string>(mount, "/propagation", ""));
  return out;
}

std::pair<int, int> RangeOf(const std::string& text) {
  const std::size_t dash = text.find('-');
  const int first = std::atoi(text.c_str());
  return {first, dash == std::string::npos ? first : std::atoi(text.c_str() + dash + 1)};
}

}  // namespace cagelint::test
