// Boost.JSON, compiled once here, as its documentation offers: no further library to link.
#include <boost/json/src.hpp>
