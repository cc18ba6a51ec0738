// The questions' own parts: which port each wants first. One source each; the table is in question.cpp.
#pragma once

#include "scanner/inquiry/observed.hpp"

namespace edgesurvey::wants {

Want service(const Observed& o, const Question& q);
Want cls(const Observed& o, const Question& q);
Want cls_again(const Observed& o, const Question& q);
Want cls_neighbour(const Observed& o, const Question& q);
Want control(const Observed& o, const Question& q);
Want late_refusal(const Observed& o, const Question& q);
Want service_rtt(const Observed& o, const Question& q);
Want sample(const Observed& o, const Question& q);
Want sample_rest(const Observed& o, const Question& q);
Want range_edge(const Observed& o, const Question& q);
Want doubted_edge(const Observed& o, const Question& q);
Want cls_still_open(const Observed& o, const Question& q);
Want liveness(const Observed& o, const Question& q);

}  // namespace edgesurvey::wants
