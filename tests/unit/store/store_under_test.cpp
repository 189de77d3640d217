#include "tests/unit/store/store_under_test.hpp"

namespace holdfast::tests {

namespace {
store::hash256 hash_of(account_id const& id)
{
    store::hash256 made{};
    std::copy(id.raw().begin(), id.raw().end(), made.begin());
    return made;
}

store::decision_row decision_on(post_id const& post, moderation::outcome outcome, timestamp at)
{
    store::decision_row row;
    row.post = post;
    row.outcome = outcome;
    row.detail = {"sealed detail"};
    row.policy = "test/1";
    row.created_at = at;
    return row;
}
} // namespace

store_under_test::store_under_test()
{
    reopen();
    auto fill = [this](store::write_tx& tx) -> result<void> {
        add_author(tx, author, "a wrapped key of an author");
        store::circle_row row;
        row.id = circle;
        row.texts = {"sealed"};
        row.created_by = author;
        row.created_at = at;
        tx.add_circle(row, "key", store::hash256{});
        tx.set_membership({circle, author, domain::role::member, 1, at});
        tx.add_thread(thread, circle, opening, at);
        tx.add_post({opening, thread, circle, author, 0, std::nullopt, at, false});
        tx.add_version({opening, 1, author, {"sealed"}, "opening", store::hash256{}, at});
        tx.add_decision(decision_on(opening, moderation::outcome::publish, at));
        return result<void>();
    };
    if (!write(fill)) throw std::runtime_error("the store could not be filled");
}

void store_under_test::reopen()
{
    database.reset();
    store::database_options options;
    options.file = file();
    database = std::make_unique<store::database>(options);
}

std::unique_ptr<store::sqlite::connection> store_under_test::by_hand() const
{
    auto made = std::make_unique<store::sqlite::connection>(file(), store::sqlite::open_mode::writer);
    made->never_checkpoint();
    return made;
}

void store_under_test::add_author(store::write_tx& tx, account_id const& id, std::string const& wrapped_key)
    const
{
    store::account_row row;
    row.id = id;
    row.nickname = {"sealed"};
    row.created_at = at;
    tx.add_wrapped_key(store::key_kind::author, id.text(), wrapped_key);
    auto const added = tx.add_account(row, hash_of(id));
    if (!added) throw std::runtime_error("the author could not be added");
}

post_id
store_under_test::add_post(store::write_tx& tx, std::string const& key, moderation::outcome outcome) const
{
    auto const id = post_id::random();
    tx.add_post({id, thread, circle, author, 0, std::nullopt, at, false});
    tx.add_version({id, 1, author, {"sealed"}, key, store::hash256{}, at});
    tx.add_decision(decision_on(id, outcome, at));
    tx.append_event({0, "post.published", circle, thread, id, std::nullopt, at});
    return id;
}

std::size_t store_under_test::visible_posts()
{
    auto count = [this](store::read_tx& tx) -> result<std::size_t> {
        auto const seen = tx.posts_after(thread, 0, 1000).size();
        auto const row = tx.thread(thread);
        CHECK((row ? static_cast<std::size_t>(row->visible_posts) : 0) == seen); // counted another way
        return seen;
    };
    return *read(count);
}

} // namespace holdfast::tests
