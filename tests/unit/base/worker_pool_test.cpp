#include "server/base/worker_pool.hpp"

#include "tests/unit/support/run.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <memory>

using namespace holdfast;

namespace {
// Keeps the pool's one thread busy until it goes out of scope.
class gate {
  public:
    explicit gate(worker_pool& pool)
    {
        auto const entered = std::make_shared<std::promise<void>>();
        REQUIRE(pool.post([entered, opened = open_.get_future().share()] {
            entered->set_value();
            opened.wait();
        }));
        entered->get_future().wait();
    }
    ~gate() { open_.set_value(); }
    gate(gate const&) = delete;
    gate& operator=(gate const&) = delete;

  private:
    std::promise<void> open_;
};
} // namespace

TEST_CASE("a full pool refuses at once instead of letting people wait")
{
    worker_pool pool(1, 2);
    std::atomic<int> done = 0;
    {
        gate const closed(pool);
        CHECK(pool.post([&] { ++done; }));
        CHECK(pool.post([&] { ++done; }));
        CHECK(pool.waiting() == 2);
        CHECK_FALSE(pool.post([&] { ++done; }));
        auto work = []() -> result<int> { return 7; };
        auto const refused = tests::run(offload(pool, errc::rate_limited, work));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::rate_limited);
        CHECK(done == 0);
    }
    auto work = []() -> result<int> { return 7; };
    auto taken = tests::run(offload(pool, errc::rate_limited, work));
    while (!taken)
        taken = tests::run(offload(pool, errc::rate_limited, work)); // the gate's jobs go first
    CHECK(*taken == 7);
    CHECK(done == 2);
}

TEST_CASE("what a pool accepted it finishes, also when it closes")
{
    std::atomic<int> done = 0;
    {
        worker_pool pool(2, 100);
        for (int count = 0; count < 50; ++count)
            REQUIRE(pool.post([&] { ++done; }));
    }
    CHECK(done == 50);
}

TEST_CASE("an expected failure comes back as a value")
{
    worker_pool pool(1, 4);
    auto work = []() -> result<int> { return errc::wrong_credentials; };
    auto const made = tests::run(offload(pool, errc::rate_limited, work));
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::wrong_credentials);
}
