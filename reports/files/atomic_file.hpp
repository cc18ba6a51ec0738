// A file that appears whole or not at all.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace edgesurvey {

// Streams into a temporary file of the same folder, then fsync, rename, fsync of the folder. Whatever fails,
// and whatever write throws, what stood at path is untouched and the temporary file is gone; for a failure of
// ours WriteError says which file and why. What is there and no regular file (/dev/null, a FIFO) is written
// directly. A symbolic link is followed: the file that it points to is replaced. A new file has the mode that
// the umask leaves, an old one keeps its own.
void write_file_atomically(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace edgesurvey
