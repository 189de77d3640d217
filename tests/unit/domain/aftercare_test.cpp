// Worries about somebody: how soon they are looked at, and how many may come in a day.
#include "server/domain/aftercare.hpp"

#include <catch2/catch.hpp>

using namespace holdfast::domain;
using holdfast::moderation::triage;

TEST_CASE(
    "a worry is looked at within hours, sooner when its words say so or when this person was right before"
)
{
    CHECK(triage_of_concern({}, triage::green) == triage::amber);
    CHECK(triage_of_concern({}, triage::crisis) == triage::crisis);
    CHECK(triage_of_concern({2, 1, 0}, triage::green) == triage::red);
    CHECK(triage_of_concern({1, 0, 0}, triage::green) == triage::amber);
    CHECK(triage_of_concern({2, 2, 0}, triage::green) == triage::amber);
}

TEST_CASE("three a day, more for those whose worries were real, never without end, and never none")
{
    CHECK(may_be_concerned({0, 50, 2}));
    CHECK_FALSE(may_be_concerned({0, 0, 3}));
    CHECK(may_be_concerned({2, 0, 4}));
    CHECK_FALSE(may_be_concerned({2, 0, 5}));
    CHECK_FALSE(may_be_concerned({500, 0, 10}));
}

TEST_CASE("an author says how it is, a facilitator that they are fine or would like to talk, a circle nothing"
)
{
    for (auto const kind : {follow_up_kind::author_day, follow_up_kind::author_week}) {
        CHECK(may_answer(kind, follow_up_answer::worse));
        CHECK(may_answer(kind, follow_up_answer::not_now));
        CHECK_FALSE(may_answer(kind, follow_up_answer::talk));
        CHECK_FALSE(may_answer(kind, follow_up_answer::none));
    }
    CHECK(may_answer(follow_up_kind::facilitator, follow_up_answer::talk));
    CHECK_FALSE(may_answer(follow_up_kind::facilitator, follow_up_answer::better));
    CHECK_FALSE(may_answer(follow_up_kind::circle, follow_up_answer::fine));
}

TEST_CASE("every name is read back as what it stands for")
{
    for (auto const kind :
         {follow_up_kind::author_day,
          follow_up_kind::author_week,
          follow_up_kind::circle,
          follow_up_kind::facilitator})
        CHECK(follow_up_kind_named(name_of(kind)) == kind);
    for (auto const answer :
         {follow_up_answer::better,
          follow_up_answer::same,
          follow_up_answer::worse,
          follow_up_answer::not_now,
          follow_up_answer::fine,
          follow_up_answer::talk})
        CHECK(follow_up_answer_named(name_of(answer)) == answer);
    for (auto const one : {helped::yes, helped::a_little, helped::no})
        CHECK(helped_named(name_of(one)) == one);
    CHECK_FALSE(helped_named("perhaps"));
}
