// Care's services in one place, for the routes.
#pragma once

namespace holdfast::app {

class aftercare;
class alarms;
class concerns;
class care_reporting;
class rota;
class talks;

struct care_services {
    app::alarms& alarms;
    app::rota& rota;
    app::talks& talks;
    app::aftercare& aftercare;
    app::concerns& concerns;
    app::care_reporting& reporting;
};

} // namespace holdfast::app
