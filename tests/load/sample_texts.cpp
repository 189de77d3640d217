#include "tests/load/sample_texts.hpp"

#include <array>

namespace holdfast::load {

namespace {
constexpr std::array sentences{
    "I went out before breakfast and the street was still quiet.",
    "The first ten minutes were hard, and then it got easier.",
    "My sister called, and for once I did not say that everything is fine.",
    "I wrote three lines in my notebook and closed it again.",
    "It rained all afternoon, so I stayed in and sorted old photographs.",
    "Somebody at the library remembered my name.",
    "I have been sleeping badly, but last night I had six hours in a row.",
    "What helps me is to name five things that I can see.",
    "The kettle, the window, the blue chair, my own two hands.",
    "I am not sure what I need, only that I did not want to sit with this alone.",
    "Thank you for what you wrote yesterday; I read it twice.",
    "You said that small steps count, and I have held on to that.",
    "On the bus I had to get off two stops early, and I walked the rest.",
    "I told my neighbour a little of it, and she just listened.",
    "Some days the noise in my head is louder than the radio.",
    "I cooked rice with onions and ate at the table instead of in bed.",
    "There was a moment in the garden when I forgot to worry.",
    "I keep thinking about the letter that I never sent.",
    "Does anybody else find Sunday evenings the longest?",
    "The group on Tuesday was small, and that was good for me.",
    "I laughed at something silly and was surprised by the sound.",
    "My plan for tomorrow is to open the curtains and answer one message.",
    "I used to run, and today I ran to the corner and back.",
    "He asked how my week was, and I gave an honest answer.",
    "I felt left out, and then I noticed that nobody had meant it so.",
    "The appointment is on Thursday, and I have written down my questions.",
    "I do not have the words yet, but I wanted to say hello.",
    "It is two years now, and some mornings it is two minutes.",
    "The dog next door came over and put his head on my knee.",
    "I am proud that I asked for help before it became too much.",
    "When the letter came, my hands shook, and I made tea first.",
    "I still have the scarf that my grandmother knitted.",
    "Yesterday I said no to an extra shift, kindly, and nothing bad came of it.",
    "What would you say to a friend who feels like this?",
    "I read your story on the train, and it stayed with me all day.",
    "Not every day needs to be a good one.",
};
} // namespace

std::string sample_texts::of_length(std::size_t characters)
{
    std::string made;
    while (made.size() < characters) {
        if (!made.empty()) made += made.size() % 5 == 0 ? "\n\n" : " ";
        made += sentences.at(random_() % sentences.size());
    }
    made.resize(characters);
    made.back() = '.';
    return made;
}

std::string sample_texts::post()
{
    return of_length(60 + random_() % 641);
}

} // namespace holdfast::load
