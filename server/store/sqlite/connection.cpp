#include "server/store/sqlite/connection.hpp"

#include <cstring>
#include <filesystem>
#include <sqlite3.h>

namespace holdfast::store::sqlite {

namespace {
constexpr int lock_wait_ms = 5000;
constexpr int checkpoint_wait_ms = 50;

[[noreturn]] void fail(sqlite3* database, char const* doing)
{
    auto const code = database != nullptr ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
    // sqlite3_errmsg may quote values of a failing statement; the code's own text never does.
    throw sqlite_error(
        code, std::string(doing) + ": " + sqlite3_errstr(code) + " (" + std::to_string(code) + ")"
    );
}
} // namespace

bool sqlite_error::is_full() const
{
    return (code_ & 0xff) == SQLITE_FULL;
}
bool sqlite_error::is_io() const
{
    return (code_ & 0xff) == SQLITE_IOERR;
}
bool sqlite_error::is_constraint() const
{
    return (code_ & 0xff) == SQLITE_CONSTRAINT;
}

rows::~rows()
{
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool rows::next()
{
    auto const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(sqlite3_db_handle(statement_), "step");
}

bool rows::is_null(int column) const
{
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t rows::integer(int column) const
{
    return sqlite3_column_int64(statement_, column);
}
double rows::real(int column) const
{
    return sqlite3_column_double(statement_, column);
}

int rows::columns() const
{
    return sqlite3_column_count(statement_);
}

std::string_view rows::name(int column) const
{
    return sqlite3_column_name(statement_, column);
}

value_kind rows::kind(int column) const
{
    switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
        return value_kind::integer;
    case SQLITE_FLOAT:
        return value_kind::real;
    case SQLITE_TEXT:
        return value_kind::text;
    case SQLITE_BLOB:
        return value_kind::bytes;
    default:
        return value_kind::null;
    }
}

std::string_view rows::text(int column) const
{
    auto const* const text = sqlite3_column_text(statement_, column);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<char const*>(text), size);
}

std::string_view rows::bytes(int column) const
{
    auto const* const bytes = sqlite3_column_blob(statement_, column);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view() : std::string_view(static_cast<char const*>(bytes), size);
}

timestamp rows::time(int column) const
{
    return timestamp(std::chrono::milliseconds(integer(column)));
}

hash256 rows::hash(int column) const
{
    hash256 made{};
    auto const raw = bytes(column);
    if (raw.size() == made.size()) std::memcpy(made.data(), raw.data(), made.size());
    return made;
}

void rows::bind(int at, std::nullptr_t)
{
    sqlite3_bind_null(statement_, at);
}
void rows::bind(int at, std::int64_t value)
{
    sqlite3_bind_int64(statement_, at, value);
}
void rows::bind(int at, double value)
{
    sqlite3_bind_double(statement_, at, value);
}
void rows::bind(int at, std::string_view text)
{
    sqlite3_bind_text64(
        statement_, at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8
    );
}
void rows::bind(int at, blob value)
{
    if (value.bytes.empty()) {
        sqlite3_bind_zeroblob(statement_, at, 0);
    } else {
        sqlite3_bind_blob64(statement_, at, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
    }
}

void connection::closer::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}
void connection::finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

namespace {
// SQLite counts its memory under one lock for all connections, at every piece it takes: nobody reads that
// count.
void count_no_memory()
{
    static auto const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(done);
}

int flags_for(open_mode mode)
{
    switch (mode) {
    case open_mode::writer:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case open_mode::reader:
        return SQLITE_OPEN_READWRITE; // of the log's index, which readers share
    case open_mode::at_rest:
        return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    }
    return SQLITE_OPEN_READONLY;
}

// The name by which SQLite knows that nobody changes the file: only then does it leave nothing beside it.
// What means something in such a name is written as its code.
std::string unchanging(std::string const& path)
{
    std::string made = "file://";
    for (auto const letter : std::filesystem::absolute(path).string()) {
        if (letter == '%') {
            made += "%25";
        } else if (letter == '?') {
            made += "%3f";
        } else if (letter == '#') {
            made += "%23";
        } else {
            made += letter;
        }
    }
    return made + "?immutable=1";
}
} // namespace

connection::connection(std::string const& path, open_mode mode)
{
    count_no_memory();
    sqlite3* opened = nullptr;
    auto const name = mode == open_mode::at_rest ? unchanging(path) : path;
    auto const flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | flags_for(mode);
    auto const code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) fail(opened, "open");
    sqlite3_busy_timeout(opened, lock_wait_ms); // first: the statements below may have to wait
    if (mode != open_mode::at_rest) run("PRAGMA journal_mode = WAL"); // it is written into the file
    run("PRAGMA synchronous = FULL"); // NORMAL loses acknowledged posts when the power goes
    run("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
        "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
    // SQLite before 3.51.3 can corrupt the log when two connections checkpoint: only the writer ever does.
    run("PRAGMA wal_autocheckpoint = 0");
    if (mode == open_mode::writer) {
        run("PRAGMA cache_size = -32768"); // KiB: random ids touch many pages of the indices
        run("PRAGMA journal_size_limit = 67108864");
        sqlite3_wal_hook(
            opened,
            [](void* self, sqlite3*, char const*, int frames) {
                static_cast<connection*>(self)->log_frames_ = frames;
                return SQLITE_OK;
            },
            this
        );
    } else {
        never_checkpoint();
        run("PRAGMA query_only = ON");
    }
}

connection::~connection()
{
    statements_.clear();
}

void connection::run(std::string const& sql)
{
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(database_.get(), "run");
    }
}

std::int64_t connection::single(std::string const& sql)
{
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &made, nullptr) != SQLITE_OK) {
        fail(database_.get(), "prepare");
    }
    std::unique_ptr<sqlite3_stmt, finalizer> const owner(made);
    rows found(made);
    return found.next() ? found.integer(0) : 0;
}

int connection::changes() const
{
    return sqlite3_changes(database_.get());
}
std::int64_t connection::changes_ever() const
{
    return sqlite3_total_changes64(database_.get());
}
bool connection::in_transaction() const
{
    return sqlite3_get_autocommit(database_.get()) == 0;
}

bool connection::checkpoint(bool truncate)
{
    auto const mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    int left = 0;
    // A long read elsewhere, such as a backup's, must not hold up writing: the caller tries again.
    sqlite3_busy_timeout(database_.get(), checkpoint_wait_ms);
    auto const code = sqlite3_wal_checkpoint_v2(database_.get(), nullptr, mode, &left, nullptr);
    sqlite3_busy_timeout(database_.get(), lock_wait_ms);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(database_.get(), "checkpoint");
    return code == SQLITE_OK;
}

void connection::never_checkpoint()
{
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

sqlite3_stmt* connection::prepared(char const* sql)
{
    auto& kept = statements_[sql];
    if (!kept) {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v3(database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) !=
            SQLITE_OK) {
            fail(database_.get(), "prepare");
        }
        kept.reset(made);
    }
    return kept.get();
}

} // namespace holdfast::store::sqlite
