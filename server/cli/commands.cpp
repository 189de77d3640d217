#include "server/cli/commands.hpp"

#include "server/base/log.hpp"
#include "server/cli/backup_command.hpp"
#include "server/cli/care_figures_command.hpp"
#include "server/cli/check_command.hpp"
#include "server/cli/compare_command.hpp"
#include "server/cli/control.hpp"
#include "server/cli/core.hpp"
#include "server/cli/demo.hpp"
#include "server/cli/evaluate_command.hpp"
#include "server/cli/migrate_command.hpp"
#include "server/cli/program.hpp"
#include "server/cli/routes.hpp"
#include "server/cli/screen_command.hpp"
#include "server/cli/train_command.hpp"
#include "server/cli/what_we_hold_command.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>
#include <stdlib.h>

namespace holdfast::cli {

namespace {
struct arguments {
    std::string config_file;
    std::string data;
    std::string listen;
    std::string policy;
    std::string compare;
    std::string path;
    std::string nickname;
    std::string circle;
    std::string role;
    std::string name;
    std::string entry = "open";
    std::string readers = "members";
    std::string manifest;
    std::uint64_t seed = 1;
    std::size_t mistakes = 0;
    int days = 30;
    bool folds = false;
    bool json = false;
};

config settings_from(arguments const& given)
{
    auto made = given.config_file.empty() ? config() : read_config(given.config_file);
    if (!given.data.empty()) made.data = given.data;
    if (!given.listen.empty()) set_listen(made, given.listen);
    return made;
}

int run_serve(arguments const& given)
{
    auto const settings = settings_from(given);
    program server(settings);
    server.serve([&] { log::info("Holdfast listens on " + listens_on(settings.server.host, server.port())); }
    );
    return 0;
}

// Removes the folder it made when it goes out of scope.
class throw_away_folder {
  public:
    throw_away_folder()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "holdfast-demo-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("No folder for the demo could be made.");
        path_ = pattern;
    }
    ~throw_away_folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    throw_away_folder(throw_away_folder const&) = delete;
    throw_away_folder& operator=(throw_away_folder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

int run_demo(arguments const& given)
{
    throw_away_folder const folder;
    auto settings = settings_from(given);
    settings.data = folder.path() / "data";
    settings.key_file = folder.path() / "key"; // thrown away too, and made here: nobody has to keep a copy
    sealing::load_host_key(settings.key_file.string(), true);
    program server(settings);
    server.run_first([&] { return fill_demo(server.services()); });
    server.serve([&] {
        std::cout << "\nHoldfast, a demo with sample circles. Open this in a browser:\n\n    "
                  << listens_on(settings.server.host, server.port())
                  << "\n\nSample accounts (nickname: passphrase):\n";
        for (auto const& account : demo_accounts()) {
            std::cout << "    " << account.nickname << ": " << account.passphrase << "   (" << account.role
                      << ")\n";
        }
        std::cout << "\nEverything is thrown away when you stop it with Ctrl-C.\n" << std::endl;
    });
    return 0;
}

// A running server makes the change itself; without one this program does.
int run_role(arguments const& given)
{
    auto const settings = settings_from(given);
    role_change const wanted{given.nickname, given.role, given.circle};
    auto said = ask_server(settings.data, wanted);
    if (!said) {
        shell open(settings, standing::sole_owner);
        open.run([&]() -> task<void> { said = co_await change_role(open.services(), wanted); });
    }
    if (!said->empty()) throw std::runtime_error(*said);
    std::cout << "Done.\n";
    return 0;
}

int run_screen_or_compare(arguments const& given)
{
    auto const settings = settings_from(given);
    auto rules = read_policy(given.policy.empty() ? settings.policy : std::filesystem::path(given.policy));
    if (given.compare.empty()) {
        if (!given.data.empty())
            throw std::runtime_error("--data goes with --compare: it replays what was decided.");
        return run_screen(moderation::screen(std::move(rules)), std::cin, std::cout);
    }
    compared_policies const both{std::move(rules), read_policy(given.compare)};
    if (!given.data.empty()) return run_compare_history(both, settings, std::cout);
    return run_compare(both, std::cin, std::cout);
}

void add_model_commands(CLI::App& app, arguments& given, int& status)
{
    auto with_data = [&](CLI::App* command) {
        command
            ->add_option(
                "--manifest",
                given.manifest,
                "which sets, and what their fields mean: moderation/training/datasets.toml"
            )
            ->check(CLI::ExistingFile);
        command
            ->add_option(
                "--data",
                given.data,
                "the folder that the sets are in; without --manifest one JSONL file, see moderation/README.md"
            )
            ->required()
            ->check(CLI::ExistingPath);
        command->add_option("--seed", given.seed, "the same seed and data give the same model");
        return command;
    };
    auto* train = with_data(app.add_subcommand("train", "Learn the screen's model from labelled JSONL"));
    train->add_option("--to", given.path, "the model's file")->required();
    train->callback([&] {
        status = run_train({given.manifest, given.data, given.path, given.seed}, std::cerr);
    });
    auto* words = with_data(
        app.add_subcommand("words", "Write the spelled words of the texts that teach, for teach_meanings.py")
    );
    words->get_option("--manifest")->required();
    words->add_option("--to", given.path, "the file, JSONL")->required();
    words->callback([&] { status = run_words({given.manifest, given.data, given.path, given.seed}); });
    auto* evaluate =
        with_data(app.add_subcommand("evaluate", "Measure the screen on labelled JSONL, set by set"));
    evaluate->add_option("--model", given.path, "a model's file instead of the one in this program")
        ->check(CLI::ExistingFile);
    evaluate->add_option("--policy", given.policy, "policy file, see schema/policy.md")
        ->check(CLI::ExistingFile);
    evaluate->add_option("--set", given.name, "only the set of this name");
    evaluate->add_option("--mistakes", given.mistakes, "name that many of the worst mistakes by id");
    evaluate->add_flag(
        "--folds",
        given.folds,
        "report the small sets too, or the one file, each fold by a model trained without it (minutes)"
    );
    evaluate->callback([&] {
        evaluate_request const asked{
            given.manifest,
            given.data,
            given.path,
            read_policy(given.policy),
            given.name,
            given.seed,
            given.folds,
            given.mistakes};
        status = run_evaluate(asked, std::cout, std::cerr);
    });
}

void add_commands(CLI::App& app, arguments& given, int& status)
{
    auto with_folder = [&](CLI::App* command) {
        command->add_option("--config", given.config_file, "TOML file, see deploy/README.md")
            ->check(CLI::ExistingFile);
        command->add_option("--data", given.data, "data folder");
        return command;
    };
    auto* serve = with_folder(app.add_subcommand("serve", "Serve circles from a data folder"));
    serve->add_option("--listen", given.listen, "HOST:PORT");
    serve->callback([&] { status = run_serve(given); });
    auto* demo = app.add_subcommand("demo", "Serve a throw-away folder with sample circles and accounts");
    demo->add_option("--config", given.config_file, "TOML file")->check(CLI::ExistingFile);
    demo->add_option("--listen", given.listen, "HOST:PORT");
    demo->callback([&] { status = run_demo(given); });
    auto* screen =
        with_folder(app.add_subcommand("screen", "Screen JSONL from standard input, one decision a line"));
    screen->add_option("--policy", given.policy, "policy file, see schema/policy.md")
        ->check(CLI::ExistingFile);
    screen
        ->add_option(
            "--compare",
            given.compare,
            "another policy: print what it would change, over the lines or over --data"
        )
        ->check(CLI::ExistingFile);
    screen->callback([&] { status = run_screen_or_compare(given); });
    auto* routes = app.add_subcommand("routes", "Print every route: method, path, least role, object");
    routes->add_flag("--json", given.json, "as JSON");
    routes->callback([&] { status = print_routes(std::cout, given.json); });
    auto* admin = app.add_subcommand("admin", "Accounts and roles, from a shell on the machine");
    admin->require_subcommand(1);
    auto* role = with_folder(admin->add_subcommand("role", "Give somebody a role"));
    role->add_option("nickname", given.nickname)->required();
    role->add_option("role", given.role)
        ->required()
        ->check(CLI::IsMember({"lead", "no-lead", "facilitator", "member", "none"}));
    role->add_option("circle", given.circle, "the circle's id, for roles in a circle");
    role->callback([&] { status = run_role(given); });
    auto* check = with_folder(app.add_subcommand(
        "check", "Check the database, the audit chain and every seal that the host key opens"
    ));
    check->callback([&] { status = run_check(settings_from(given), std::cout); });
    auto* backup = with_folder(app.add_subcommand("backup", "Copy the database, also while a server runs"));
    backup->add_option("to", given.path)->required();
    backup->callback([&] { status = run_backup(settings_from(given), given.path, std::cout); });
    auto* restore = with_folder(app.add_subcommand("restore", "Put a copy back"));
    restore->add_option("from", given.path)->required()->check(CLI::ExistingFile);
    restore->callback([&] { status = run_restore(settings_from(given), given.path, std::cout); });
    auto* migrate = with_folder(app.add_subcommand("migrate", "Bring the database to this program's schema"));
    migrate->callback([&] { status = run_migrate(settings_from(given), std::cout); });
    auto* figures =
        with_folder(app.add_subcommand("care-figures", "How care went, as CSV without a person in it"));
    figures->add_option("--days", given.days, "of the last so many days")->check(CLI::Range(1, 3660));
    figures->callback([&] { status = run_care_figures(settings_from(given), given.days, std::cout); });
    auto* hold =
        with_folder(app.add_subcommand("what-we-hold", "Every fact that is readable about a person"));
    hold->add_option("nickname", given.nickname)->required();
    hold->callback([&] { status = run_what_we_hold(settings_from(given), given.nickname, std::cout); });
}
} // namespace

int run(int argc, char** argv)
{
    CLI::App app("Holdfast: a moderated peer-support forum server");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    arguments given;
    int status = 0;
    add_commands(app, given, status);
    add_model_commands(app, given, status);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& wrong) {
        return app.exit(wrong);
    }
    return status;
}

} // namespace holdfast::cli
