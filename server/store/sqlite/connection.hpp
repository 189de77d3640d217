// One SQLite connection and its prepared statements. Used by one thread at a time. A broken database throws
// sqlite_error; what SQL can't find is simply no row.
#pragma once
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/base/sealed_text.hpp"
#include "server/store/rows.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace holdfast::store::sqlite {

class sqlite_error : public std::runtime_error {
  public:
    sqlite_error(int code, std::string const& what) : std::runtime_error(what), code_(code) {}
    bool is_full() const; // the disk or the page limit
    bool is_io() const;   // the disk failed us
    bool is_constraint() const;

  private:
    int code_; // extended
};

struct blob {
    std::string_view bytes;
};

enum class value_kind : std::uint8_t { null, integer, real, text, bytes };

// One use of a prepared statement: bound on creation, reset when it goes out of scope.
class rows {
  public:
    explicit rows(sqlite3_stmt* statement) : statement_(statement) {}
    ~rows();
    rows(rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    rows& operator=(rows&&) = delete;

    bool next();
    int columns() const;
    std::string_view name(int column) const;
    value_kind kind(int column) const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const; // valid until next()
    std::string_view bytes(int column) const;
    timestamp time(int column) const;
    sealed_text sealed(int column) const { return {std::string(bytes(column))}; }
    template <class Id>
    Id as(int column) const
    {
        auto const raw = bytes(column);
        auto const made = Id::from(std::as_bytes(std::span(raw.data(), raw.size())));
        return made ? *made : Id();
    }
    template <class Id>
    std::optional<Id> maybe(int column) const
    {
        if (is_null(column)) return std::nullopt;
        return as<Id>(column);
    }
    hash256 hash(int column) const;

    void bind(int at, std::nullptr_t);
    void bind(int at, std::int64_t value);
    void bind(int at, int value) { bind(at, static_cast<std::int64_t>(value)); }
    void bind(int at, bool value) { bind(at, static_cast<std::int64_t>(value)); }
    void bind(int at, double value);
    void bind(int at, std::string_view text);
    void bind(int at, std::string const& text) { bind(at, std::string_view(text)); }
    void bind(int at, char const* text) { bind(at, std::string_view(text)); }
    void bind(int at, blob value);
    void bind(int at, timestamp value)
    {
        bind(at, static_cast<std::int64_t>(value.time_since_epoch().count()));
    }
    void bind(int at, sealed_text const& value) { bind(at, blob{value.bytes}); }
    void bind(int at, hash256 const& value)
    {
        bind(at, blob{{reinterpret_cast<char const*>(value.data()), value.size()}});
    }
    template <class Kind>
    void bind(int at, id<Kind> const& value)
    {
        bind(at, blob{{reinterpret_cast<char const*>(value.raw().data()), value.raw().size()}});
    }
    template <class T>
    void bind(int at, std::optional<T> const& value)
    {
        if (value) {
            bind(at, *value);
        } else {
            bind(at, nullptr);
        }
    }

  private:
    sqlite3_stmt* statement_;
};

enum class open_mode : std::uint8_t {
    writer,
    reader,
    at_rest, // a copy that nobody changes meanwhile: read without locks, a log, or any file beside it
};

class connection {
  public:
    connection(std::string const& path, open_mode mode);
    ~connection();
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    void run(std::string const& sql); // one or more statements without parameters

    // `sql` must be a string literal: its address is its name in the cache. Parameters are bound in order and
    // must outlive the returned rows.
    template <class... Parameters>
    rows query(char const* sql, Parameters const&... parameters)
    {
        rows made(prepared(sql));
        [[maybe_unused]] int at = 0;
        (made.bind(++at, parameters), ...);
        return made;
    }
    // For statements that return nothing; gives the number of rows changed.
    template <class... Parameters>
    int change(char const* sql, Parameters const&... parameters)
    {
        {
            auto made = query(sql, parameters...);
            made.next();
        }
        return changes();
    }

    std::int64_t single(std::string const& sql); // the first column of the first row of an ad-hoc query
    int changes() const;
    std::int64_t changes_ever() const; // rows changed since it was opened, by triggers too
    bool in_transaction() const;
    // Frames in the write-ahead log after the last commit of this connection.
    int log_frames() const { return log_frames_; }
    bool checkpoint(bool truncate); // false: a reader was in the way, some of the log is still there
    void never_checkpoint();        // not even when it is closed

  private:
    sqlite3_stmt* prepared(char const* sql);

    struct closer {
        void operator()(sqlite3* database) const;
    };
    struct finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3, closer> database_;
    std::unordered_map<char const*, std::unique_ptr<sqlite3_stmt, finalizer>> statements_;
    int log_frames_ = 0;
};

} // namespace holdfast::store::sqlite
