#include "server/sealing/keyring.hpp"

#include "server/base/id.hpp"
#include "server/sealing/aead.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace holdfast::sealing {

namespace {
std::string name_of(std::string_view kind, std::string_view owner)
{
    std::string name(kind);
    name += ':';
    name += owner;
    return name;
}
} // namespace

keyring::keyring(secret_ptr host_key)
    : host_key_(std::move(host_key)), wrapping_key_(derive(*host_key_, {"wrap"})),
      hashing_key_(derive(*host_key_, {"hash"}))
{
}

std::string keyring::create(std::string_view kind, std::string_view owner)
{
    auto const made = secret::random();
    auto wrapped = seal(*wrapping_key_, {"key", kind, owner}, as_text(made->bytes()));
    keep(name_of(kind, owner), made);
    return std::move(wrapped.bytes);
}

bool keyring::keep(std::string name, secret_ptr key)
{
    std::lock_guard const hold(guard_);
    if (shredded_.contains(name)) return false;
    if (keys_.size() >= keys_max) keys_.clear();
    keys_[std::move(name)] = std::move(key);
    return true;
}

secret_ptr keyring::find(std::string_view kind, std::string_view owner) const
{
    std::lock_guard const hold(guard_);
    auto const found = keys_.find(name_of(kind, owner));
    return found == keys_.end() ? nullptr : found->second;
}

secret_ptr keyring::unwrap(std::string_view kind, std::string_view owner, std::string_view wrapped)
{
    auto opened = open(*wrapping_key_, {"key", kind, owner}, sealed_text{std::string(wrapped)});
    if (!opened || opened->size() != secret::size) return nullptr;
    std::array<std::byte, secret::size> bytes;
    std::memcpy(bytes.data(), opened->data(), bytes.size());
    auto const key = std::make_shared<secret const>(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    explicit_bzero(opened->data(), opened->size());
    auto const kept = keep(name_of(kind, owner), key);
    return kept ? key : nullptr;
}

void keyring::forget(std::string_view kind, std::string_view owner)
{
    std::lock_guard const hold(guard_);
    keys_.erase(name_of(kind, owner));
}

void keyring::shred(std::string_view kind, std::string_view owner)
{
    std::lock_guard const hold(guard_);
    keys_.erase(name_of(kind, owner));
    shredded_.insert(name_of(kind, owner));
}

hash256 keyring::hash(std::string_view purpose, std::initializer_list<std::string_view> parts) const
{
    return keyed_hash(*derive(*hashing_key_, {purpose}), parts);
}

namespace {
class file_descriptor {
  public:
    explicit file_descriptor(int value) : value_(value) {}
    ~file_descriptor()
    {
        if (value_ >= 0) ::close(value_);
    }
    file_descriptor(file_descriptor const&) = delete;
    file_descriptor& operator=(file_descriptor const&) = delete;
    int get() const { return value_; }

  private:
    int value_;
};

void write_new_key(std::string const& path)
{
    auto const made = secret::random();
    auto const text = hex_of(made->bytes()) + "\n";
    file_descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    auto const written = file.get() < 0 ? -1 : ::write(file.get(), text.data(), text.size());
    // The folder too: a key whose name a power cut forgets is lost, and everything with it.
    auto const folder_path = std::filesystem::absolute(path).parent_path();
    file_descriptor const folder(::open(folder_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (written != static_cast<ssize_t>(text.size()) || ::fsync(file.get()) != 0 ||
        ::fsync(folder.get()) != 0) {
        throw std::runtime_error("The host key can't be written to " + path + ": " + std::strerror(errno));
    }
}
} // namespace

secret_ptr load_host_key(std::string const& path, bool may_create)
{
    if (::access(path.c_str(), F_OK) != 0) {
        if (!may_create) {
            throw std::runtime_error(
                "The host key " + path +
                " is missing. Without it nothing that was written can be opened. "
                "Put it back from where you keep it."
            );
        }
        write_new_key(path);
    }
    file_descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (file.get() < 0 || ::fstat(file.get(), &about) != 0) {
        throw std::runtime_error("The host key " + path + " can't be read: " + std::strerror(errno));
    }
    if ((about.st_mode & 027) != 0) { // its group may read: a key of root's, for the service alone
        throw std::runtime_error(
            "Others can read or change the host key " + path + ". Run: chmod 600 " + path
        );
    }
    std::array<char, 2 * secret::size> text{};
    std::array<std::byte, secret::size> bytes;
    auto const got = ::read(file.get(), text.data(), text.size());
    if (got != static_cast<ssize_t>(text.size()) || !bytes_of_hex({text.data(), text.size()}, bytes)) {
        throw std::runtime_error("The host key " + path + " is not 64 hex digits.");
    }
    auto made = std::make_shared<secret const>(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    explicit_bzero(text.data(), text.size());
    return made;
}

} // namespace holdfast::sealing
