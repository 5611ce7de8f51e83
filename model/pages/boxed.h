// A std::unique_ptr whose copy is a copy of what it points to, so that a whole heap can be copied.
#pragma once

#include <memory>

namespace heaplaw::model {

template <typename T>
class Boxed : public std::unique_ptr<T> {
 public:
  Boxed() = default;
  ~Boxed() = default;
  explicit Boxed(std::unique_ptr<T> owned) : std::unique_ptr<T>(std::move(owned)) {}
  Boxed(const Boxed& other) : std::unique_ptr<T>(other ? std::make_unique<T>(*other) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) { return *this = Boxed(other); }
  Boxed& operator=(Boxed&&) noexcept = default;
};

}  // namespace heaplaw::model
