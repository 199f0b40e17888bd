//! Tells Zed how to start the language server of cagelint, and what its settings are.
// SPDX-License-Identifier: Apache-2.0

use zed_extension_api::serde_json::{json, Value};
use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, LanguageServerId, Result, Worktree};

const ARGUMENTS: [&str; 1] = ["lsp"];

struct Cagelint;

/// `lsp.cagelint.settings` of the user, in the section by which the server asks for it.
fn settings(server: &LanguageServerId, worktree: &Worktree) -> Result<Option<Value>> {
    let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
    Ok(settings.map(|settings| json!({ "cagelint": settings })))
}

impl zed::Extension for Cagelint {
    fn new() -> Self {
        Cagelint
    }

    // Not asked where `lsp.cagelint.binary.path` is set: Zed then starts that.
    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        Ok(zed::Command {
            command: worktree.which("cagelint").ok_or("`cagelint` is not on PATH")?,
            args: ARGUMENTS.map(String::from).to_vec(),
            env: worktree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        settings(server, worktree)
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        settings(server, worktree)
    }
}

zed::register_extension!(Cagelint);
