// A member's blueprint: what they came through, which strengths and skills it shows, what matters to them and
// what comes next, gathered from what they wrote elsewhere. Nothing is weighed, counted or judged.
#pragma once
#include "server/app/space/space.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace holdfast::app {

struct services;

// The newest version of each piece of writing, stories as their writer sees them today.
struct blueprint_sources {
    std::vector<private_text> stories, goals, cards, moods, values;
};

struct blueprint {
    struct past_story {
        private_id id;
        std::string intend, did, means; // never what is hard to read: that stays in the story
    };
    struct strength {
        std::string name;
        std::vector<std::string> shows;
    };
    struct own_goal {
        private_id id;
        std::string what, by, kept;
        std::string with;               // who keeps them company with it, "" for nobody
        std::string domain;             // of life, "" when it isn't said
        std::vector<std::string> steps; // of a goal that goes on the open ones, of one put away the done ones
    };
    struct next_step {
        private_id story;
        std::string words;
    };

    std::vector<past_story> past;
    std::vector<own_goal> put_away; // with what they take with them
    std::vector<strength> strengths;
    std::vector<std::string> skills; // the names of cue cards
    std::vector<std::string> helped; // what was noted beside moods, newest first
    std::vector<std::string> values;
    std::vector<next_step> next;
    std::vector<own_goal> goals;
};

blueprint blueprint_of(blueprint_sources const& from);
boost::json::object json_of(blueprint const& made);
// The blueprint of somebody who is signed in.
task<result<blueprint>> blueprint_for(services const& from, member_session who);

} // namespace holdfast::app
