#include "linter/model/document.h"

namespace cagelint::model {

Command::Command() = default;
Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

Document::Document() = default;
Document::Document(const Document& other) = default;
Document::Document(Document&& other) noexcept = default;
Document& Document::operator=(const Document& other) = default;
Document& Document::operator=(Document&& other) noexcept = default;
Document::~Document() = default;

std::string_view Name(CommandKind kind) {
  switch (kind) {
    case CommandKind::kAttach:
      return "attach";
    case CommandKind::kBringUp:
      return "compose up";
    case CommandKind::kBuild:
      return "build";
    case CommandKind::kCommit:
      return "commit";
    case CommandKind::kCopy:
      return "cp";
    case CommandKind::kExec:
      return "exec";
    case CommandKind::kKill:
      return "kill";
    case CommandKind::kLogs:
      return "logs";
    case CommandKind::kNetworkConnect:
      return "network connect";
    case CommandKind::kNetworkCreate:
      return "network create";
    case CommandKind::kNetworkDisconnect:
      return "network disconnect";
    case CommandKind::kNetworkRemove:
      return "network rm";
    case CommandKind::kRemove:
      return "rm";
    case CommandKind::kRename:
      return "rename";
    case CommandKind::kRestart:
      return "restart";
    case CommandKind::kStart:
      return "start";
    case CommandKind::kStop:
      return "stop";
    case CommandKind::kUnpause:
      return "unpause";
    case CommandKind::kVolumeCreate:
      return "volume create";
    case CommandKind::kUpdate:
      return "update";
  }
  return "exec";
}

}  // namespace cagelint::model
