// Everything a request can be about, in one place: references to the services that the composition root made.
#pragma once

namespace holdfast::store {
class database;
}

namespace holdfast {
class clock;
}

namespace holdfast::app {

struct care_services;
class appeals;
class audit_log;
class change_log;
class circles;
class erasure;
class figures;
class help_lines;
class identity;
class languages;
class live_feed;
class own_pace;
class partners;
class passphrases;
class measures;
class members;
class notices;
class policies;
class policy_desk;
class posts;
class reasons;
class reports;
class review;
class screener;
class search;
class shares;
class space;
class story_writing;
class welcome;
class written;

struct services {
    store::database& database;
    app::identity& identity;
    app::erasure& erasure;
    app::passphrases& passphrases;
    app::space& space;
    app::own_pace& pace;
    app::shares& shares;
    app::partners& partners;
    app::story_writing& story_writing;
    app::circles& circles;
    app::members& members;
    app::policies& policies;
    app::policy_desk& policy_desk;
    app::posts& posts;
    app::review& review;
    app::care_services const& care;
    app::audit_log& audit_log;
    app::reports& reports;
    app::measures& measures;
    app::appeals& appeals;
    app::welcome& welcome;
    app::figures& figures;
    app::notices& notices;
    app::written& written;
    app::search& search;
    app::live_feed& live;
    app::help_lines const& lines;
    app::languages const& languages;
    app::reasons const& ready;
    app::change_log& changes;
    holdfast::clock const& time;
};

} // namespace holdfast::app
