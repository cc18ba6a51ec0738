// Runs a function in a child process with a network of its own: only a loopback interface, in which firewall
// rules, routes and sysctls can be set without touching the machine. Works as root and, where user
// namespaces are allowed, without.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "system/file_descriptor.hpp"

namespace edgesurvey::test {

inline void write_file(const std::string& path, const std::string& text) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    throw std::runtime_error("cannot write " + path);
}

// Runs a shell command with `input` as its standard input; throws when it fails.
inline void run(const std::string& command, const std::string& input = {}) {
  FILE* pipe = ::popen(command.c_str(), "w");
  if (pipe == nullptr) throw std::runtime_error("cannot start: " + command);
  std::fwrite(input.data(), 1, input.size(), pipe);
  if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
}

namespace detail {

inline bool enter_private_network() {
  const std::string uid = std::to_string(::getuid());
  const std::string gid = std::to_string(::getgid());
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", "0 " + uid + " 1");
  write_file("/proc/self/gid_map", "0 " + gid + " 1");
  return true;
}

inline std::string text_of(const std::function<std::string()>& function) {
  try {
    return function();
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  }
}

[[noreturn]] inline void be_the_child(int result, const std::function<std::string()>& function) {
  constexpr int not_allowed = 1;
  if (!enter_private_network()) ::_exit(not_allowed);
  const std::string text = text_of([&] {
    run("ip link set lo up");
    return function();
  });
  const bool written = ::write(result, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::_exit(written ? 0 : 2);
}

inline std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer;
  for (ssize_t count; (count = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  return text;
}

}  // namespace detail

// What `function` returned in there, or "exception: ..." when it threw: assertions are the parent's.
// nullopt, with a line on stderr, where namespaces are not allowed.
inline std::optional<std::string> in_private_network(const std::function<std::string()>& function) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const FileDescriptor reader(ends[0]);
  FileDescriptor writer(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) detail::be_the_child(writer.get(), function);
  writer.reset();
  std::string text = detail::read_all(reader.get());
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1) {
    std::fputs("skipped: this system allows no private network namespace\n", stderr);
    return std::nullopt;
  }
  throw std::runtime_error("the child process in the private network died");
}

}  // namespace edgesurvey::test
