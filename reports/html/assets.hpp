// The files beside this one that the page is made of, as they stood when the program was configured.
#pragma once

#include <string_view>

namespace edgesurvey::html {

struct Asset {
  std::string_view text;
  std::string_view csp_source;  // "sha256-...": of the text, byte for byte
};

extern const Asset style;              // style.css
extern const Asset script;             // script.js
extern const std::string_view method;  // method.html: how it was measured, and what that cannot tell

}  // namespace edgesurvey::html
