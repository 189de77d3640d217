// Inside outside/: one transfer by libcurl, to the address that was configured and to no other; and a mail by
// SMTP.
#pragma once
#include "server/base/result.hpp"
#include "server/outside/mail_server.hpp"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::outside {

void start_curl(); // before the first transfer; throws when it can't
bool is_here(std::string_view url, std::string_view scheme); // leads to this machine itself

struct transfer {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle{curl_easy_init(), &curl_easy_cleanup};
    curl_slist* list = nullptr;

    void add(std::string const& line) { list = curl_slist_append(list, line.c_str()); }
    transfer() = default;
    transfer(transfer const&) = delete;
    transfer& operator=(transfer const&) = delete;
    ~transfer() { curl_slist_free_all(list); }
};

// For CURLOPT_WRITEFUNCTION: what it answers is not looked at.
std::size_t ignore(char*, std::size_t, std::size_t bytes, void*);
void prepare(CURL* handle, std::string const& url, std::chrono::milliseconds time_max);

result<void>
send_mail(mail_server const& settings, std::vector<std::string> const& receivers, std::string const& text);

} // namespace holdfast::outside
