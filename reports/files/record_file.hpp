// A file of records that is read by pieces, so that a survey never has to fit into memory.
#pragma once

#include <cstdint>
#include <string>

#include "system/file_descriptor.hpp"

namespace edgesurvey {

// Where a record stands in its file.
struct RecordSpan {
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
};

// A host with all 10,000 ports of the range answering has about 1 MB, a /12 written as one target 20 MB.
inline constexpr std::uint32_t max_record_bytes = 64U << 20;

class RecordFile {
 public:
  // A regular file: it is read more than once. Throws ReadError.
  explicit RecordFile(const std::string& path);
  // A file that is open already; path is for messages.
  RecordFile(FileDescriptor file, std::string path);

  const std::string& path() const { return path_; }
  // The bytes of a span, in the buffer. Throws ReadError, also when the file has become shorter meanwhile.
  void read(const RecordSpan& span, std::string& buffer) const;
  // Up to size bytes from offset, fewer only at the end of the file.
  void read_up_to(std::uint64_t offset, std::size_t size, std::string& buffer) const;

 private:
  FileDescriptor file_;
  std::string path_;
};

}  // namespace edgesurvey
