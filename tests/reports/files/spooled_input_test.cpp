#include "reports/files/spooled_input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <sstream>
#include <thread>

#include "reports/files/report_error.hpp"
#include "reports/formats/writers.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string json_of(const SurveySource& survey) {
  std::ostringstream out;
  write_json(survey, out);
  return out.str();
}

std::string text_of(const RecordFile& file) {
  std::string text;
  file.read_up_to(0, 1U << 24, text);
  return text;
}

// A pipe that somebody fills while it is read.
class Pipe {
 public:
  explicit Pipe(const std::string& text) {
    REQUIRE(::pipe(ends_.data()) == 0);
    filling_ = std::thread([this, text] {
      for (std::size_t done = 0; done < text.size();) {
        const auto written = ::write(ends_[1], text.data() + done, text.size() - done);
        if (written < 0) break;
        done += static_cast<std::size_t>(written);
      }
      ::close(ends_[1]);
    });
  }
  ~Pipe() {
    std::string rest(1U << 16, ' ');
    while (::read(ends_[0], rest.data(), rest.size()) > 0) {
    }
    filling_.join();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int end() const { return ends_[0]; }

 private:
  std::array<int, 2> ends_{};
  std::thread filling_;
};

// The standard input, for as long as this lives.
class StandardInput {
 public:
  explicit StandardInput(int fd) : before_(::dup(STDIN_FILENO)) { ::dup2(fd, STDIN_FILENO); }
  ~StandardInput() {
    ::dup2(before_, STDIN_FILENO);
    ::close(before_);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  int before_;
};

}  // namespace

TEST_CASE("What comes through a pipe can be read again, from its start") {
  const std::string text(300000, 'x');
  const Pipe pipe(text);
  const RecordFile file = spooled(pipe.end(), "<stdin>");
  CHECK(text_of(file) == text);
  CHECK(text_of(file) == text);
}

TEST_CASE("A regular file is read where it is, from its start, whoever read in it before") {
  const TemporaryFolder folder;
  write_text(folder / "a", "abc");
  const FileDescriptor file(::open((folder / "a").c_str(), O_RDONLY));
  REQUIRE(::lseek(file.get(), 2, SEEK_SET) == 2);
  CHECK(text_of(spooled(file.get(), "<stdin>")) == "abc");
}

TEST_CASE("A stream without end is not kept for ever") {
  const Pipe pipe(std::string(200000, 'x'));
  CHECK_THROWS_WITH(spooled(pipe.end(), "<stdin>", 100000), Catch::StartsWith("<stdin> has more than"));
}

TEST_CASE("What cannot be read is said by its name") {
  CHECK_THROWS_AS(spooled(-1, "<stdin>"), ReadError);
  CHECK_THROWS_WITH(spooled(-1, "<stdin>"), "could not read '<stdin>': Bad file descriptor");
}

TEST_CASE("A result that comes on the standard input is a survey like that of a file, a journal too") {
  const std::string result = json_of(*small_survey());
  const std::string name = GENERATE("-", "/dev/stdin");
  const Pipe pipe(result);
  const StandardInput input(pipe.end());
  CHECK(json_of(*open_survey(name)) == result);
}

TEST_CASE("Hosts alone are no result, and what is one is said") {
  const TemporaryFolder folder;
  const std::string name = GENERATE("a.ndjson", "a.JSONL");
  write_text(folder / name, "{\"address\":\"192.0.2.1\"}\n");
  CHECK_THROWS_WITH(open_survey(folder / name),
                    Catch::EndsWith("it has the hosts alone; make reports from the .json or the journal"));
}
