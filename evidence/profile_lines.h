// The kinds of lines that a heap profile is made of, one at a time.
#pragma once

#include "evidence/heap_profile.h"
#include "evidence/line_scanner.h"

namespace heaplaw::evidence {

// Each moves the scanner to the end of what it read; false, with the reason in the scanner, for a
// line of another kind.
[[nodiscard]] bool match_profile_header(LineScanner& line, ProfileHeader& header);
[[nodiscard]] bool match_profile_record(LineScanner& line, ProfileRecord& record);
[[nodiscard]] bool match_profile_frame(LineScanner& line, ProfileFrame& frame);

// Whether the line is a header of the C++ tools' profiles, whose figures mean other things.
[[nodiscard]] bool is_foreign_profile_header(std::string_view line);

}  // namespace heaplaw::evidence
