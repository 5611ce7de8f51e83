# Writes OUTPUT, a C++ source that carries the text of FILES, relative to FOLDER.
set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} text)
  string(APPEND entries "    {\"${file}\", R\"~source~(${text})~source~\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new "#include \"oracle/golang/recorder_source.h\"

namespace heaplaw::oracle {

namespace {

constexpr SourceFile files[] = {
${entries}};

}  // namespace

std::span<const SourceFile> recorder_source() { return files; }

}  // namespace heaplaw::oracle
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
