// Another passphrase, a new recovery code, and the way back in with the code.
#include "server/app/people/passphrases.hpp"
#include "server/http/problem.hpp"
#include "server/pages/families.hpp"
#include "server/pages/form.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/people/recovery_code.hpp"

namespace holdfast::pages::passphrase_pages {

using http::context;
using http::least;
using http::rate_kind;
using net::method;

namespace {
net::response
own_page(context const& asked, renderer const& with, error const& failed, unsigned status, bool changed)
{
    auto const has_failed = !failed.fields.empty() || !failed.detail.empty();
    view made;
    made.set("errors_html", has_failed ? errors_html(with.get(), failed, typed_back::some) : std::string());
    made.set("changed", changed);
    made.set("nickname", asked.who->nickname);
    return with.get().page(asked, status, say("Passphrase and recovery code"), "passphrase", made);
}

task<net::response> show_own(context asked, renderer const& with)
{
    error const none;
    co_return own_page(asked, with, none, 200, was_saved(asked));
}

error in_words(error failed)
{
    if (failed.code == errc::wrong_credentials)
        failed.detail = "This is not your passphrase. Nothing was changed.";
    return kept_words(std::move(failed));
}

task<net::response> change(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const passphrase = http::field_of(*form, "passphrase");
    auto const wanted = http::field_of(*form, "new_passphrase");
    auto const done = co_await asked.services.passphrases.change(asked.who, passphrase, wanted);
    if (done) co_return see_other("/me/passphrase?saved=1");
    auto const failed = in_words(done.error());
    auto const status = http::status_of(failed.code);
    co_return own_page(asked, with, failed, status, false);
}

task<net::response> new_code(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const passphrase = http::field_of(*form, "passphrase");
    auto const code = co_await asked.services.passphrases.new_code(asked.who, passphrase);
    if (!code) {
        auto const failed = in_words(code.error());
        auto const status = http::status_of(failed.code);
        co_return own_page(asked, with, failed, status, false);
    }
    app::signed_in const made{{asked.who, ""}, *code};
    co_return code_page(asked, with, 200, made);
}

net::response
recover_page(context const& asked, renderer const& with, http::fields const& typed, error const* failed)
{
    view made;
    made.set("nickname", http::field_of(typed, "nickname"));
    made.set("recovery_code", http::field_of(typed, "recovery_code"));
    made.set(
        "errors_html", failed == nullptr ? std::string() : errors_html(with.get(), *failed, typed_back::some)
    );
    auto const status = failed == nullptr ? 200U : http::status_of(failed->code);
    return with.get().page(asked, status, say("Back in with your code"), "recover", made);
}

task<net::response> show_recover(context asked, renderer const& with)
{
    co_return recover_page(asked, with, http::fields(), nullptr);
}

task<net::response> recover(context asked, renderer const& with)
{
    auto const form = http::form_fields(asked.request->body);
    if (!form) co_return with.error_page()(asked, form.error());
    auto const nickname = http::field_of(*form, "nickname");
    auto const code = http::field_of(*form, "recovery_code");
    auto const wanted = http::field_of(*form, "new_passphrase");
    auto const made = co_await asked.services.passphrases.recover(nickname, code, wanted);
    if (made) co_return code_page(asked, with, 200, *made);
    auto failed = made.error();
    if (failed.code == errc::wrong_credentials)
        failed.detail = "The name and the code don't fit together. Please check both and try again.";
    failed = kept_words(std::move(failed));
    co_return recover_page(asked, with, *form, &failed);
}
} // namespace
} // namespace holdfast::pages::passphrase_pages

namespace holdfast::pages {

void add_passphrase_pages(std::vector<http::route>& to, renderer const& with)
{
    using namespace passphrase_pages;
    add_page(to, with, method::get, "/me/passphrase", least::member, "account", show_own);
    add_page(to, with, method::post, "/me/passphrase", least::member, "account", change, rate_kind::sign_in);
    add_page(
        to, with, method::post, "/me/recovery-code", least::member, "account", new_code, rate_kind::sign_in
    );
    add_page(to, with, method::get, "/recover", least::visitor, "", show_recover);
    add_page(to, with, method::post, "/recover", least::visitor, "", recover, rate_kind::sign_in);
}

} // namespace holdfast::pages
