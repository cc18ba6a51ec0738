// What a history file looks like inside, which version of that it has, and how an older one becomes the
// newest. Never touches a file that is not a history of ours.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "reports/history/sqlite.hpp"

namespace edgesurvey {

// In the file's header, where file(1) and SQLite look for whose a file is: "EdSv".
inline constexpr std::int64_t history_application_id = 0x45645376;

// Step n makes version n + 1 of version n; an empty file has version 0. A step, once released, stays as it
// is: what changes gets a step of its own. Statements end with a semicolon and hold no other.
std::span<const std::string_view> history_migrations();

enum class HistoryState { absent, empty, present };

// What stands at path, told from its first 100 bytes and without SQLite, which might undo a half-done
// transaction in another program's file. Throws ReadError for anything that is no history, and for one of a
// newer version than ours.
HistoryState look_at_history(const std::string& path);

// Brings a file up to the newest version, in one transaction: afterwards it is that, or as it was. Throws
// ReadError for a file that is not ours or is newer, WriteError.
void bring_up_to_date(const Database& database, std::span<const std::string_view> migrations);

// Whether the tables are those we would make: a file may say of itself what it likes. Throws ReadError.
void check_tables(const Database& database, std::span<const std::string_view> migrations);

}  // namespace edgesurvey
