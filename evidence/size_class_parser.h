// Turns the declarations of a sizeclasses.go into a SizeClassFile; parse_size_class_file() is its
// only caller. What the comments say is read by CommentReader on the way.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/go_expression.h"
#include "evidence/go_lexer.h"
#include "evidence/size_class_file.h"

namespace heaplaw::evidence {

class SizeClassParser {
 public:
  explicit SizeClassParser(const SourceText& source)
      : source_(source), comments_(source), lexer_(source, &comments_) {}

  SizeClassFile run();

 private:
  using Spec = void (SizeClassParser::*)();
  struct Declaration {
    std::string_view keyword;
    Spec spec;
  };
  static const Declaration declarations[];

  // Declarations: size_class_parser.cc
  void declaration();
  void specs(Spec spec);
  void package_clause();
  void const_spec();
  void var_spec();
  void type_spec();
  void import_spec();
  void reject_second(const Token& name, std::string_view kind, std::size_t first_offset) const;
  void define(const Token& name, unsigned type_bits);
  void skip_statement();
  void end_statement();
  void note(std::size_t offset, std::string text);

  // Arrays: size_class_arrays.cc
  void array_type(TablePart part);
  void read_struct_fields();
  void entries(TablePart part);
  void number_entry(TablePart part);
  void struct_entry();
  void value(TablePart part);

  // What is known only at the end: size_class_surface.cc
  void finish_lengths();
  void finish_magic();
  void finish_comments();
  [[nodiscard]] std::optional<CommentColumns> columns() const;

  const SourceText& source_;
  CommentReader comments_;
  GoLexer lexer_;
  SizeClassFile file_;
  GoConstants constants_;
  std::array<std::vector<std::uint64_t>, table_array_count> values_;  // structs flattened
  // Lengths may name constants of later lines: where to evaluate them in the end.
  std::array<std::optional<GoLexer>, table_array_count> lengths_;
  std::array<std::optional<std::size_t>, table_array_count> misfits_;  // first value over its type
  std::string struct_name_;
  std::array<std::size_t, 4> struct_order_{0, 1, 2, 3};  // position in the file of each field
};

}  // namespace heaplaw::evidence
