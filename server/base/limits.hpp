// Every numeric limit in one place, with its reason. Units are in the names.
#pragma once
#include <chrono>
#include <cstddef>

namespace holdfast::limits {

using namespace std::chrono_literals;

// HTTP
inline constexpr std::size_t head_bytes_max = 16 * 1024;   // a browser's cookies and headers are under 4 KiB
inline constexpr auto head_time_max = 10s;                 // a slow head is an attack or a dead line
inline constexpr std::size_t body_bytes_max = 1024 * 1024; // far over any text; an import may be larger
inline constexpr std::size_t import_bytes_max = 24 * body_bytes_max;        // a copy of a space that is full
inline constexpr std::size_t small_body_bytes_max = 8 * 1024;               // read without asking whose it is
inline constexpr std::size_t strangers_bodies_bytes_max = 32 * 1024 * 1024; // larger ones, all together
inline constexpr std::size_t known_bodies_bytes_max = 128 * 1024 * 1024;    // of who is signed in
inline constexpr std::size_t form_given_back_bytes_max = 256 * 1024; // with what went wrong: a post, thrice
inline constexpr auto body_time_max = 30s;                           // 1 MiB on a slow phone
inline constexpr auto idle_time_max = 60s;                           // between requests on one connection
inline constexpr auto write_time_max = 30s;                          // a reader that takes nothing
inline constexpr std::size_t connections_max = 20'000; // also bounded by the descriptors the system gives

// Somebody who signed in on a shared device and forgot is out again in a month.
inline constexpr auto session_time_max = 24h * 30;

// Live
inline constexpr std::size_t live_message_bytes_max = 64 * 1024;
inline constexpr std::size_t live_queue_frames_max = 1024; // waiting for one subscriber; past it, resume
inline constexpr std::size_t live_queue_bytes_max = 1024 * 1024;
inline constexpr auto live_idle_max = 60s;                 // Beast pings at half of it
inline constexpr std::size_t live_topics_max = 64;         // per socket
inline constexpr std::size_t live_resume_events_max = 500; // past it the page is read anew

// Texts, in letters (code points), as forms and JSON Schema count them: a language whose letters take more
// bytes has as much room
inline constexpr std::size_t post_letters_max = 64 * 1024;
inline constexpr std::size_t title_letters_max = 300;
inline constexpr std::size_t nickname_letters_max = 40;
inline constexpr std::size_t passphrase_bytes_min = 12;
inline constexpr std::size_t passphrase_bytes_max = 512;
inline constexpr std::size_t note_letters_max = 4 * 1024; // applications, reasons
inline constexpr std::size_t idempotency_key_bytes_max = 128;

// A space of one's own
inline constexpr std::size_t private_records_max = 20'000;    // of a kind: an entry a day for 50 years
inline constexpr std::size_t private_versions_max = 50;       // of one record; of older ones a few stay:
inline constexpr std::size_t private_versions_kept_max = 200; // so many in all, with those that tell most
inline constexpr std::size_t private_bytes_max = 16 * 1024 * 1024; // of one member, sealed: its copy fits in
inline constexpr std::size_t story_section_letters_max = 7 * 1024; // all eight of them fit into one post
inline constexpr std::size_t story_allies_max = 12;                // of one share: more is a circle
inline constexpr int story_link_days_max = 90;
inline constexpr std::size_t partnerships_max = 20; // that somebody asked for, at a time
inline constexpr int partner_texts_a_day = 4;       // of one person to the other: more presses
inline constexpr int partner_ask_days = 14;         // until a question ends by itself
inline constexpr int partner_again_days = 30;       // until the same person can be asked anew

// Store
inline constexpr std::size_t write_queue_max = 1024;
inline constexpr std::size_t write_batch_max = 128;
inline constexpr std::size_t read_queue_max = 512;
inline constexpr auto store_deadline = 5s; // a job that waited longer is not started
inline constexpr std::size_t page_posts = 50;
inline constexpr std::size_t page_rows_max = 100;

// Work
inline constexpr std::size_t hash_queue_max = 32; // sign-ins that wait; one takes about 0.1 s
inline constexpr auto screen_time_max = 50ms;     // of the processor; past it the text is held
inline constexpr auto shutdown_drain_max = 10s;

} // namespace holdfast::limits
