// What std::cout and std::cerr are told while this lives.
#pragma once

#include <iostream>
#include <sstream>
#include <string>

namespace edgesurvey::testing {

class CapturedOutput {
 public:
  CapturedOutput() : cout_(std::cout.rdbuf(out_.rdbuf())), cerr_(std::cerr.rdbuf(err_.rdbuf())) {}
  ~CapturedOutput() {
    std::cout.rdbuf(cout_);
    std::cerr.rdbuf(cerr_);
  }
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

 private:
  std::ostringstream out_;
  std::ostringstream err_;
  std::streambuf* cout_;
  std::streambuf* cerr_;
};

}  // namespace edgesurvey::testing
