#include "server/pages/people/recovery_code.hpp"

namespace holdfast::pages {

net::response
code_page(http::context const& asked, renderer const& with, unsigned status, app::signed_in const& made)
{
    auto as_signed_in = asked;
    if (made.who) as_signed_in.who = made.who;
    view shown;
    shown.set("code", made.recovery_code);
    auto answer = with.get().page(as_signed_in, status, say("Your recovery code"), "recovery_code", shown);
    if (!made.token.empty()) {
        answer.headers.emplace_back("set-cookie", http::set_session_cookie(made.token));
    }
    return answer;
}

} // namespace holdfast::pages
