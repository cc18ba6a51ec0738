// One shim for both Catch2 generations: 2.13 (Debian 12) has one header, 3.x many.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
