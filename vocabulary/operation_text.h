// An operation as a line of text: "alloc 17 100 noscan".
#pragma once

#include <string>
#include <string_view>

#include "vocabulary/operation.h"
#include "vocabulary/text_cursor.h"

namespace heaplaw {

// Without a line end.
void append_text(std::string& out, const Operation& operation);
[[nodiscard]] std::string to_string(const Operation& operation);

// 150000000000 is "2m30s", 0 is "0s": whole units, no fractions, so that it reads back exactly.
void append_duration(std::string& out, std::uint64_t nanoseconds);

// "scan" or "noscan". Throws InputError.
[[nodiscard]] ObjectKind take_object_kind(TextCursor& cursor);

// Reads the operands of a kind whose word was already taken. Throws InputError.
[[nodiscard]] Operation take_operands(OperationKind kind, TextCursor& cursor, unsigned procs);

// Reads a word that must be an operation's name. Throws InputError.
[[nodiscard]] OperationKind take_operation_kind(TextCursor& cursor);

}  // namespace heaplaw
