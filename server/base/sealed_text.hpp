// A text after sealing. The store takes and gives only these, so that no readable text can reach the disk.
#pragma once
#include <string>

namespace holdfast {

struct sealed_text {
    std::string bytes; // nonce, ciphertext and tag; empty when there is no text (any more)
    bool empty() const { return bytes.empty(); }
    friend bool operator==(sealed_text const&, sealed_text const&) = default;
};

} // namespace holdfast
