// Care's services in one place, for the routes.
#pragma once

namespace holdfast::app {

class aftercare;
class alarms;
class concerns;
class figures;
class rota;
class talks;

struct care_services {
    app::alarms& alarms;
    app::rota& rota;
    app::talks& talks;
    app::aftercare& aftercare;
    app::concerns& concerns;
    app::figures& figures;
};

} // namespace holdfast::app
